package io.snorky.server.transport;

import io.netty.channel.ChannelOutboundHandler;

/** Changes what goes out, so that nothing may go past it straight to the system. */
public interface OutboundTranslator extends ChannelOutboundHandler {}
