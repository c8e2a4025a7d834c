package io.snorky.benchmarks.peers;

import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Spring Boot on its Tomcat, which has a pool of threads and no event loops. */
@SpringBootApplication
@EnableWebSocket
public class SpringPeer {

    public static void main(String[] args) throws IOException {
        var application = new SpringApplication(SpringPeer.class);
        application.setDefaultProperties(
                Map.of(
                        "server.port", 0,
                        "server.address", "127.0.0.1",
                        "spring.main.banner-mode", "off",
                        "logging.level.root", "error"));
        try (var context = (ServletWebServerApplicationContext) application.run()) {
            int port = Objects.requireNonNull(context.getWebServer()).getPort();
            Parent.obey(port, "Spring Boot " + SpringBootVersion.getVersion());
        }
    }

    @Bean
    WebSocketConfigurer endpoint() {
        return registry -> registry.addHandler(new SpringHandler(), "/").setAllowedOrigins("*");
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> webSocketSupport() {
        return factory ->
                factory.addContextCustomizers(
                        context -> context.addServletContainerInitializer(new WsSci(), Set.of()));
    }
}
