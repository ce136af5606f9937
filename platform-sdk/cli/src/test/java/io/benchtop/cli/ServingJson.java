package io.benchtop.cli;

/** What the fake service tells about a model and its endpoint. */
final class ServingJson {

    private ServingJson() {}

    static String model() {
        return """
        {"name":"risk","owner":"alice","description":"Late orders","readers":["*"],"publishers":[],"approvalRequired":true,
         "aliases":{"production":"1.2.3"},"latest":%s,"createdAt":"2026-11-20T08:00:00Z","changedAt":"2026-11-21T09:00:00Z"}""".formatted(version("READY", "null", "00"));
    }

    /** @param message JSON */
    static String version(String state, String message, String sha256) {
        return """
        {"model":"risk","version":"1.2.3","number":3,"state":"%s","stateCode":null,"stateMessage":%s,"format":"onnx",
         "servable":true,"files":[{"path":"model.onnx","size":7,"sha256":"%s"}],
         "signature":{"inputs":[{"name":"X","datatype":"FP32","shape":[-1,3]}],"outputs":[]},"description":"trees",
         "metrics":{"auc":0.9},"runId":null,"datasets":[{"name":"sales/orders","version":3}],"notebook":null,"image":null,
         "createdBy":"alice","createdAt":"2026-11-21T09:00:00Z","check":null,"approval":"PENDING","approvedBy":null,
         "approvalComment":null,"aliases":["production"]}""".formatted(state, message, sha256);
    }

    static String trial() {
        return """
        {"endpoint":"risk","number":2,"metric":"bought","phase":"SWITCHED","message":"1.2.3 is better than 1.2.2.",
         "control":{"version":"1.2.2","percent":50.0,"users":200,"conversions":10,"rate":0.05},
         "candidate":{"version":"1.2.3","percent":50.0,"users":0,"conversions":0,"rate":null},
         "plan":{"baseline":0.05,"minimalEffect":0.15,"alpha":0.05,"power":0.8,"stopping":"AT_HORIZON","horizon":14193,
          "switchAbove":0.1},
         "progress":{"users":0,"share":0.25},"difference":null,"uplift":{"low":-0.1,"value":0.2,"high":null},"pValue":0.01,
         "startedBy":"ada","startedAt":"2026-11-21T09:00:00Z","since":"2026-11-21T09:00:00Z"}""";
    }

    static String endpoint() {
        return """
        {"name":"risk","owner":"alice","model":"risk","url":"/serve/risk","callers":[],
         "arms":[%s,%s],"shadow":null,
         "rollout":{"phase":"PROGRESSING","candidate":"1.2.3","control":"1.2.2","step":1,"steps":[5,20,50],"code":null,
          "message":"1.2.3 gets 5 %% of the requests.","since":"2026-11-21T09:00:00Z"},
         "inForce":true,
         "settings":{"callers":[],"sticky":{"header":"X-Subject","cookie":true},"limits":null,"scaling":null},
         "history":[{"at":"2026-11-21T09:00:00Z","actor":"ada","code":"PROMOTED","message":"risk@1.2.3 is tried."}],
         "createdAt":"2026-11-20T08:00:00Z","changedAt":"2026-11-21T09:00:00Z"}""".formatted(arm("1.2.2", 95), arm("1.2.3", 5));
    }

    private static String arm(String version, int percent) {
        return """
        {"version":"%s","percent":%d,"state":"READY","stateMessage":null,"replicas":1,"readyReplicas":1,"requests":451,
         "errorRate":0.005,"p50Millis":10.0,"p99Millis":30.0}""".formatted(version, percent);
    }
}
