{{/* Settings of the spawner, as environment variables. */}}
{{- define "benchtop.kubernetesSettings" -}}
{{- $w := .Values.workspaces -}}
BENCHTOP_KUBERNETES_NAMESPACE: {{ $w.namespace }}
BENCHTOP_KUBERNETES_SYSTEM_NAMESPACE: {{ .Release.Namespace }}
BENCHTOP_KUBERNETES_INSTALLATION: {{ include "benchtop.name" . }}
BENCHTOP_KUBERNETES_IMAGE: {{ include "benchtop.image" (dict "root" $ "image" "server") | quote }}
BENCHTOP_KUBERNETES_TOOLS_IMAGE: {{ include "benchtop.image" (dict "root" $ "image" "tools") | quote }}
BENCHTOP_KUBERNETES_PLATFORM_URL: {{ include "benchtop.innerUrl" . | quote }}
BENCHTOP_KUBERNETES_HOMES: {{ $w.homes.kind }}
{{- if eq $w.homes.kind "nfs" }}
BENCHTOP_KUBERNETES_NFS_SERVER: {{ $w.homes.nfs.server | quote }}
BENCHTOP_KUBERNETES_NFS_PATH: {{ $w.homes.nfs.path | quote }}
BENCHTOP_KUBERNETES_NFS_CLAIM: {{ include "benchtop.name" . }}-homes
{{- else }}
BENCHTOP_KUBERNETES_HOME_SIZE: {{ $w.homes.size | quote }}
{{- with $w.homes.storageClass }}
BENCHTOP_KUBERNETES_STORAGE_CLASS: {{ . | quote }}
{{- end }}
{{- end }}
{{- with $w.imagePullSecret }}
BENCHTOP_KUBERNETES_IMAGE_PULL_SECRET: {{ . | quote }}
{{- end }}
{{- with $w.serviceAccount }}
BENCHTOP_KUBERNETES_SERVICE_ACCOUNT: {{ . | quote }}
{{- end }}
{{- if $w.network.selfTest }}
BENCHTOP_POLICY_CHECK_IMAGE: {{ include "benchtop.image" (dict "root" $ "image" "service") | quote }}
BENCHTOP_POLICY_CHECK_PLATFORM_URL: {{ include "benchtop.innerUrl" . | quote }}
{{- end }}
{{- end -}}

{{/* Sign-in by OpenID Connect. The client's secret is a file, never an environment variable. */}}
{{- define "benchtop.oidcSettings" -}}
{{- with .Values.oidc -}}
BENCHTOP_OIDC_ISSUER: {{ .issuer | quote }}
BENCHTOP_OIDC_CLIENT_ID: {{ required "oidc.clientId is empty: give the id under which the provider knows Benchtop" .clientId | quote }}
{{- if .existingSecret }}
BENCHTOP_OIDC_CLIENT_SECRET_FILE: /run/secrets/benchtop/oidc/client-secret
{{- end }}
BENCHTOP_OIDC_SCOPES: {{ join "," .scopes | quote }}
{{- if or .adminGroups .developerGroups .viewerGroups }}
BENCHTOP_OIDC_ROLE_CLAIM: {{ .roleClaim | quote }}
{{- end }}
BENCHTOP_OIDC_PASSWORD_SIGN_IN: {{ .passwordSignIn | quote }}
BENCHTOP_OIDC_LOGOUT: {{ .logout | quote }}
{{- range $key, $value := dict "DISPLAY_NAME" .displayName "DEFAULT_ROLE" .defaultRole "ADMIN_GROUPS" (join "," .adminGroups) "DEVELOPER_GROUPS" (join "," .developerGroups) "VIEWER_GROUPS" (join "," .viewerGroups) "EMAIL_DOMAINS" (join "," .emailDomains) }}
{{- if $value }}
BENCHTOP_OIDC_{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Where files of models are kept: a bucket, else the volume of all files, else nowhere. The secret of the key is a file. */}}
{{- define "benchtop.modelStoreSettings" -}}
{{- with .Values.models.bucket -}}
{{- if .name -}}
BENCHTOP_MODEL_BUCKET: {{ .name | quote }}
BENCHTOP_MODEL_BUCKET_REGION: {{ .region | quote }}
BENCHTOP_MODEL_BUCKET_PATH_STYLE: {{ .pathStyle | quote }}
{{- range $key, $value := dict "PREFIX" .prefix "ENDPOINT" .endpoint "ACCESS_KEY_ID" .accessKeyId }}
{{- if $value }}
BENCHTOP_MODEL_BUCKET_{{ $key }}: {{ $value | quote }}
{{- end }}
{{- end }}
BENCHTOP_MODEL_BUCKET_SECRET_FILE: /run/secrets/benchtop/models/secret-access-key
{{- else if include "benchtop.filesClaim" $ -}}
BENCHTOP_MODEL_FOLDER: /var/lib/benchtop/files/models
{{- end }}
{{- end }}
{{- end -}}

{{/* Where and how model servers run. */}}
{{- define "benchtop.modelServerSettings" -}}
{{- $models := .Values.models -}}
BENCHTOP_KUBERNETES_MODEL_SERVER_IMAGE: {{ .Values.images.modelServer | quote }}
BENCHTOP_KUBERNETES_MODEL_NAMESPACE: {{ $models.namespace }}
BENCHTOP_KUBERNETES_MODEL_CPU_REQUEST: {{ $models.resources.requests.cpu | quote }}
BENCHTOP_KUBERNETES_MODEL_MEMORY_REQUEST: {{ $models.resources.requests.memory | quote }}
BENCHTOP_KUBERNETES_MODEL_MEMORY_LIMIT: {{ $models.resources.limits.memory | quote }}
{{- $memory := dict "default" $models.resources.limits.memory }}
{{- range $models.hardware }}
{{- if hasKey $memory .name }}{{ fail (printf "models.hardware has %q twice; each name stands for one" .name) }}{{ end }}
{{- $_ := set $memory .name .resources.limits.memory }}
{{- end }}
{{- if not (hasKey $memory $models.triedOn) }}
{{- fail (printf "models.triedOn is %q, which is neither default nor in models.hardware" $models.triedOn) }}
{{- end }}
BENCHTOP_KUBERNETES_MODEL_TRIED_ON: {{ $models.triedOn }}
{{- /* In MiB: what passes when it is tried fits there. */}}
BENCHTOP_MODEL_CHECK_MEMORY: {{ div (include "benchtop.bytes" (get $memory $models.triedOn)) 1048576 | quote }}
{{- with $models.hardware }}
BENCHTOP_KUBERNETES_MODEL_HARDWARE: {{ toJson . | quote }}
{{- end }}
{{- with $models.imagePullSecret }}
BENCHTOP_KUBERNETES_MODEL_PULL_SECRET: {{ . | quote }}
{{- end }}
BENCHTOP_KUBERNETES_SERVICE_URL: {{ include "benchtop.serviceUrl" . | quote }}
BENCHTOP_KUBERNETES_RELEASE: {{ .Release.Name | quote }}
{{- end -}}
