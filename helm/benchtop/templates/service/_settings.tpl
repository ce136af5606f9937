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
