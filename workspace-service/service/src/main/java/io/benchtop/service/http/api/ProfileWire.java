package io.benchtop.service.http.api;

import io.benchtop.api.profile.ImageProbeResult;
import io.benchtop.api.profile.OverrideLimits;
import io.benchtop.api.profile.Profile;
import io.benchtop.api.profile.ProfileAudience;
import io.benchtop.api.profile.ProfileGpu;
import io.benchtop.api.profile.ProfileImage;
import io.benchtop.api.profile.ProfileList;
import io.benchtop.api.profile.ProfileRequest;
import io.benchtop.api.profile.ProfileToleration;
import io.benchtop.api.profile.ProfileVolume;
import io.benchtop.api.profile.RequestedResources;
import io.benchtop.api.profile.Resources;
import io.micronaut.serde.annotation.SerdeImport;

/** Lets Serde read and write the wire's records, which carry no annotation of any framework. */
@SerdeImport(ImageProbeResult.class)
@SerdeImport(OverrideLimits.class)
@SerdeImport(Profile.class)
@SerdeImport(ProfileAudience.class)
@SerdeImport(ProfileGpu.class)
@SerdeImport(ProfileImage.class)
@SerdeImport(ProfileList.class)
@SerdeImport(ProfileRequest.class)
@SerdeImport(ProfileToleration.class)
@SerdeImport(ProfileVolume.class)
@SerdeImport(RequestedResources.class)
@SerdeImport(Resources.class)
final class ProfileWire {

    private ProfileWire() {}
}
