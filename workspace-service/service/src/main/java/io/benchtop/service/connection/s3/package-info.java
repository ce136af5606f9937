/** Files in buckets, by the S3 interface. */
@NullMarked
package io.benchtop.service.connection.s3;

import org.jspecify.annotations.NullMarked;
