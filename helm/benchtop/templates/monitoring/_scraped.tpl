{{/* Lets the namespaces of Prometheus reach a port with metrics. */}}
{{- define "benchtop.scraped" -}}
{{- with .root.Values.monitoring.scraperNamespaces -}}
- from:
    {{- range . }}
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ . }}}}
    {{- end }}
  ports: [{port: {{ $.port }}}]
{{- end }}
{{- end -}}
