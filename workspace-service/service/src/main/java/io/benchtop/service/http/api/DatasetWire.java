package io.benchtop.service.http.api;

import io.benchtop.api.dataset.ChangeDatasetRequest;
import io.benchtop.api.dataset.Column;
import io.benchtop.api.dataset.ColumnProfile;
import io.benchtop.api.dataset.CreateDatasetRequest;
import io.benchtop.api.dataset.Dataset;
import io.benchtop.api.dataset.DatasetList;
import io.benchtop.api.dataset.DatasetSummary;
import io.benchtop.api.dataset.FrequentValue;
import io.benchtop.api.dataset.Histogram;
import io.benchtop.api.dataset.OpenRequest;
import io.benchtop.api.dataset.Plan;
import io.benchtop.api.dataset.PlanFile;
import io.benchtop.api.dataset.Preview;
import io.benchtop.api.dataset.Source;
import io.benchtop.api.dataset.Upload;
import io.benchtop.api.dataset.UploadFile;
import io.benchtop.api.dataset.UploadRequest;
import io.benchtop.api.dataset.Version;
import io.benchtop.api.dataset.VersionFile;
import io.benchtop.api.dataset.VersionFiles;
import io.benchtop.api.dataset.VersionList;
import io.micronaut.serde.annotation.SerdeImport;

/** Lets Serde read and write the wire's records, which carry no annotation of any framework. */
@SerdeImport(ChangeDatasetRequest.class)
@SerdeImport(Column.class)
@SerdeImport(ColumnProfile.class)
@SerdeImport(CreateDatasetRequest.class)
@SerdeImport(Dataset.class)
@SerdeImport(DatasetList.class)
@SerdeImport(DatasetSummary.class)
@SerdeImport(FrequentValue.class)
@SerdeImport(Histogram.class)
@SerdeImport(OpenRequest.class)
@SerdeImport(Plan.class)
@SerdeImport(PlanFile.class)
@SerdeImport(Preview.class)
@SerdeImport(Source.class)
@SerdeImport(Upload.class)
@SerdeImport(UploadFile.class)
@SerdeImport(UploadRequest.class)
@SerdeImport(Version.class)
@SerdeImport(VersionFile.class)
@SerdeImport(VersionFiles.class)
@SerdeImport(VersionList.class)
final class DatasetWire {

    private DatasetWire() {}
}
