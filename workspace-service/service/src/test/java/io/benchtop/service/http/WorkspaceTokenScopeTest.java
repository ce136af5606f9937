package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceTokenScopeTest {

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/me,true",
        "GET,/api/v1/workspaces/ws_own,true",
        "POST,/api/v1/workspaces/ws_own:keep-alive,true",
        "PUT,/api/v1/me/password,false",
        "GET,/api/v1/workspaces,false",
        "GET,/api/v1/workspaces/ws_other,false",
        "GET,/api/v1/workspaces/ws_own/log,false",
        "DELETE,/api/v1/workspaces/ws_own,false",
        "PATCH,/api/v1/workspaces/ws_own,false",
        "POST,/api/v1/workspaces/ws_own:stop,false",
        "POST,/api/v1/workspaces/ws_other:keep-alive,false",
        "GET,/api/v1/workspaces/ws_own/../ws_other,false",
        "POST,/mlflow/api/2.0/mlflow/runs/create,true",
        "GET,/mlflow/api/2.0/mlflow/experiments/get,true",
        "GET,/mlflow/api/../../api/v1/tokens,false",
        "PUT,/mlflow/api/2.0/mlflow-artifacts/artifacts/1/weights..bin,true",
        "GET,/mlflow/api/2.0/..,false",
        "GET,/mlflow/apiary,false",
        "DELETE,/mlflow/api/2.0/mlflow/registered-models/delete,false",
        "DELETE,/mlflow/api/2.0/mlflow/registered-models/delete/,false",
        "DELETE,/mlflow/api/2.0/mlflow/registered-models/alias,false",
        "DELETE,/mlflow/api/2.0/mlflow/model-versions/delete,false",
        "DELETE,/mlflow/api/2.0/mlflow/mlflow-artifacts/../registered-models/delete,false",
        "DELETE,/mlflow/api/2.0/mlflow/model-versions/delete-tag,true",
        "DELETE,/mlflow/api/2.0/mlflow/logged-models/m-1/tags/a,true",
        "DELETE,/mlflow/api/2.0/mlflow-artifacts/artifacts/1/a,true",
        "GET,/api/v1/datasets,true",
        "POST,/api/v1/datasets,true",
        "GET,/api/v1/datasets/a/b/preview,true",
        "POST,/api/v1/datasets/a/b:open,true",
        "PUT,/api/v1/datasets/a/b/uploads/up_1/files/x.csv,true",
        "DELETE,/api/v1/datasets/a/b/uploads/up_1,true",
        "DELETE,/api/v1/datasets/a/b,false",
        "PATCH,/api/v1/datasets/a/b,false",
        "GET,/api/v1/datasets/../tokens,false",
        "POST,/api/v1/datasets/a/uploads/../../../tokens,false",
        "GET,/api/v1/connections,false",
        "POST,/api/v1/connections,false",
        "GET,/api/v1/models,true",
        "POST,/api/v1/models,true",
        "GET,/api/v1/models/risk/versions/production,true",
        "POST,/api/v1/models/risk/versions,true",
        "PUT,/api/v1/models/risk/versions/0.0.1/files/model.onnx,true",
        "POST,/api/v1/models/risk/versions/0.0.1:commit,true",
        "PUT,/api/v1/models/risk/aliases/production,true",
        "POST,/api/v1/models/risk/versions/0.0.1:approve,false",
        "POST,/api/v1/models/risk/versions/0.0.1%3Aapprove,false",
        "POST,/api/v1/models/risk/versions/0.0.1:reject,false",
        "PATCH,/api/v1/models/risk,false",
        "DELETE,/api/v1/models/risk,false",
        "DELETE,/api/v1/models/risk/versions/0.0.1,false",
        "GET,/api/v1/models/../tokens,false",
        "GET,/api/v1/models/risk/webhooks,false",
        "GET,/api/v1/models/webhooks,true",
        "POST,/api/v1/models/risk/webhooks,false",
        "GET,/api/v1/tokens,false",
        "POST,/api/v1/tokens,false",
        "GET,/api/v1/users,false",
        "GET,/api/v1/connections,false",
        "POST,/api/v1/connections,false",
        "GET,/api/v1/connections/shop,false",
        "PUT,/api/v1/connections/shop,false",
        "DELETE,/api/v1/connections/shop,false",
        "POST,/api/v1/connections/shop:test,false",
        "GET,/,false",
        "GET,/settings,false"
    })
    void s29AServersTokenDoesOnlyWhatTheSdkNeeds(String method, String path, boolean allowed) {
        assertThat(WorkspaceTokenScope.allows(method, path, "ws_own")).isEqualTo(allowed);
    }
}
