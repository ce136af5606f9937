import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The least that answers an inference: Netty, Jackson and ONNX Runtime on the event loop, with no check, limit, metric or
 * batch. What this server costs beyond it is the price of all that. Arguments: the model's file, its width, the port.
 */
final class Bare extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final int width;

    Bare(OrtEnvironment environment, OrtSession session, int width) {
        this.environment = environment;
        this.session = session;
        this.width = width;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) throws Exception {
        FloatBuffer data = ByteBuffer.allocateDirect(request.content().readableBytes() * 2)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        try (InputStream in = new ByteBufInputStream(request.content());
                JsonParser parser = JSON.createParser(in)) {
            boolean inData = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    inData = parser.currentName().equals("data");
                } else if (inData && token.isNumeric()) {
                    data.put(parser.getFloatValue());
                }
            }
        }
        data.flip();
        long rows = data.remaining() / width;
        StringBuilder answer = new StringBuilder("{\"model_name\":\"gbt\",\"outputs\":[");
        try (OnnxTensor input = OnnxTensor.createTensor(environment, data, new long[] {rows, width});
                OrtSession.Result outputs = session.run(Map.of("X", input))) {
            long[] labels = (long[]) outputs.get(0).getValue();
            float[][] probabilities = (float[][]) outputs.get(1).getValue();
            answer.append("{\"name\":\"label\",\"datatype\":\"INT64\",\"shape\":[").append(rows).append("],\"data\":[");
            for (int i = 0; i < rows; i++) {
                answer.append(i == 0 ? "" : ",").append(labels[i]);
            }
            answer.append("]},{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[").append(rows);
            answer.append(",2],\"data\":[");
            for (int i = 0; i < rows; i++) {
                answer.append(i == 0 ? "" : ",").append(probabilities[i][0]).append(',').append(probabilities[i][1]);
            }
            answer.append("]}]}");
        }
        byte[] body = answer.toString().getBytes(StandardCharsets.US_ASCII);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
        response.headers().set("Content-Type", "application/json").set("Content-Length", body.length);
        var _ = context.writeAndFlush(response);
    }

    public static void main(String[] arguments) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        var options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        OrtSession session = environment.createSession(arguments[0], options);
        int width = Integer.parseInt(arguments[1]);
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(64 << 20))
                                .addLast(new Bare(environment, session, width));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[2]))
                .sync();
    }
}
