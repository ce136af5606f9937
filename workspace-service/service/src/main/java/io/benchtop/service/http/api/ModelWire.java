package io.benchtop.service.http.api;

import io.benchtop.api.model.AliasRequest;
import io.benchtop.api.model.ChangeModelRequest;
import io.benchtop.api.model.ChangeModelVersionRequest;
import io.benchtop.api.model.CreateModelRequest;
import io.benchtop.api.model.CreatedModelWebhook;
import io.benchtop.api.model.InferMicros;
import io.benchtop.api.model.Model;
import io.benchtop.api.model.ModelCheck;
import io.benchtop.api.model.ModelDataset;
import io.benchtop.api.model.ModelFile;
import io.benchtop.api.model.ModelFileProgress;
import io.benchtop.api.model.ModelList;
import io.benchtop.api.model.ModelManifest;
import io.benchtop.api.model.ModelNotebook;
import io.benchtop.api.model.ModelSample;
import io.benchtop.api.model.ModelSignature;
import io.benchtop.api.model.ModelTensor;
import io.benchtop.api.model.ModelVersion;
import io.benchtop.api.model.ModelVersionList;
import io.benchtop.api.model.ModelWebhook;
import io.benchtop.api.model.ModelWebhookList;
import io.benchtop.api.model.ModelWebhookRequest;
import io.benchtop.api.model.PublishRequest;
import io.benchtop.api.model.ReviewRequest;
import io.benchtop.api.model.SampleTensor;
import io.benchtop.api.model.Tolerance;
import io.micronaut.serde.annotation.SerdeImport;

/** Lets Serde read and write the wire's records, which carry no annotation of any framework. */
@SerdeImport(AliasRequest.class)
@SerdeImport(ChangeModelRequest.class)
@SerdeImport(ChangeModelVersionRequest.class)
@SerdeImport(CreateModelRequest.class)
@SerdeImport(CreatedModelWebhook.class)
@SerdeImport(InferMicros.class)
@SerdeImport(Model.class)
@SerdeImport(ModelCheck.class)
@SerdeImport(ModelDataset.class)
@SerdeImport(ModelFile.class)
@SerdeImport(ModelFileProgress.class)
@SerdeImport(ModelList.class)
@SerdeImport(ModelManifest.class)
@SerdeImport(ModelNotebook.class)
@SerdeImport(ModelSample.class)
@SerdeImport(ModelSignature.class)
@SerdeImport(ModelTensor.class)
@SerdeImport(ModelVersion.class)
@SerdeImport(ModelVersionList.class)
@SerdeImport(ModelWebhook.class)
@SerdeImport(ModelWebhook.Delivery.class)
@SerdeImport(ModelWebhookList.class)
@SerdeImport(ModelWebhookRequest.class)
@SerdeImport(PublishRequest.class)
@SerdeImport(ReviewRequest.class)
@SerdeImport(SampleTensor.class)
@SerdeImport(Tolerance.class)
final class ModelWire {

    private ModelWire() {}
}
