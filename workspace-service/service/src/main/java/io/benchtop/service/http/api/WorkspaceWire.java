package io.benchtop.service.http.api;

import io.benchtop.api.status.Status;
import io.benchtop.api.workspace.AppliedLimits;
import io.benchtop.api.workspace.ChangeWorkspaceRequest;
import io.benchtop.api.workspace.CreateWorkspaceRequest;
import io.benchtop.api.workspace.KeepAlive;
import io.benchtop.api.workspace.KeepAliveRequest;
import io.benchtop.api.workspace.LogLine;
import io.benchtop.api.workspace.Workspace;
import io.benchtop.api.workspace.WorkspaceList;
import io.benchtop.api.workspace.WorkspaceOverrides;
import io.benchtop.api.workspace.WorkspaceState;
import io.micronaut.serde.annotation.SerdeImport;

/** Lets Serde read and write the wire's records, which carry no annotation of any framework. */
@SerdeImport(AppliedLimits.class)
@SerdeImport(ChangeWorkspaceRequest.class)
@SerdeImport(CreateWorkspaceRequest.class)
@SerdeImport(KeepAlive.class)
@SerdeImport(KeepAliveRequest.class)
@SerdeImport(LogLine.class)
@SerdeImport(Status.class)
@SerdeImport(Workspace.class)
@SerdeImport(WorkspaceList.class)
@SerdeImport(WorkspaceOverrides.class)
@SerdeImport(WorkspaceState.class)
final class WorkspaceWire {

    private WorkspaceWire() {}
}
