{{/* The start of every name; short enough that suffixes fit. */}}
{{- define "benchtop.name" -}}
{{- ternary .Release.Name (printf "%s-benchtop" .Release.Name) (contains "benchtop" .Release.Name) | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* What selects the pods of a component. Takes (dict "root" $ "component" "proxy"). */}}
{{- define "benchtop.selector" -}}
app.kubernetes.io/name: benchtop
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "benchtop.labels" -}}
{{ include "benchtop.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{/* An image's reference, or a sentence that it is missing. Takes (dict "root" $ "image" "proxy"). */}}
{{- define "benchtop.image" -}}
{{- index .root.Values.images .image | required (printf "images.%s is empty: build the images (kernel-images/README.md), push them to a registry that your nodes reach, and give the reference" .image) -}}
{{- end -}}

{{- define "benchtop.pullSecrets" -}}
{{- with .Values.images.pullSecrets -}}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Pod Security "restricted", for a pod of ours. Takes the user id. */}}
{{- define "benchtop.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "benchtop.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* Replicas on different nodes where there are several. */}}
{{- define "benchtop.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "benchtop.selector" . | nindent 8 }}
{{- end -}}

{{/* Secure cookies have a name that a browser takes from this host alone. */}}
{{- define "benchtop.sessionCookie" -}}
{{- ternary "__Host-benchtop-session" "benchtop-session" (hasPrefix "https://" .Values.publicUrl) -}}
{{- end -}}

{{- define "benchtop.proxyHost" -}}
{{ include "benchtop.name" . }}-proxy.{{ .Release.Namespace }}.svc
{{- end -}}

{{/* How pods reach the platform; what people type may not be reachable from inside. */}}
{{- define "benchtop.innerUrl" -}}
http://{{ include "benchtop.proxyHost" . }}:{{ .Values.proxy.service.port }}
{{- end -}}

{{- define "benchtop.keysSecret" -}}
{{ .Values.keys.existingSecret | default (printf "%s-keys" (include "benchtop.name" .)) }}
{{- end -}}

{{- define "benchtop.databaseSecret" -}}
{{ .Values.database.existingSecret | default (printf "%s-database" (include "benchtop.name" .)) }}
{{- end -}}

{{- define "benchtop.databaseUrl" -}}
{{- if .Values.postgresql.enabled -}}
jdbc:postgresql://{{ include "benchtop.name" . }}-postgresql:5432/benchtop
{{- else -}}
{{ required "database.url is empty: give the address of a PostgreSQL, or set postgresql.enabled=true for a trial" .Values.database.url }}
{{- end -}}
{{- end -}}

{{/* 2Gi -> 2147483648, for settings that count bytes. */}}
{{- define "benchtop.bytes" -}}
{{- $units := dict "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 -}}
{{- $number := regexFind "^[0-9]+" . -}}
{{- mul (int64 $number) (get $units (trimPrefix $number .) | default 1) -}}
{{- end -}}

{{/* Whether models are served: by pods, and where there is an image for them; empty if not. */}}
{{- define "benchtop.servesModels" -}}
{{- if and .Values.images.modelServer (eq .Values.workspaces.spawner "kubernetes") -}}true{{- end -}}
{{- end -}}

{{/* How pods reach the service itself, with a key or token of their own. */}}
{{- define "benchtop.serviceUrl" -}}
http://{{ include "benchtop.name" . }}-service.{{ .Release.Namespace }}.svc:8081
{{- end -}}

{{/* The claim for files of runs, datasets and models; empty where they are not kept. */}}
{{- define "benchtop.filesClaim" -}}
{{- with .Values.service.files -}}
{{- if .existingClaim }}{{ .existingClaim }}{{ else if .claim.create }}{{ include "benchtop.name" $ }}-files{{ end -}}
{{- end -}}
{{- end -}}
