package io.snorky.server.rfc6455;

import io.snorky.server.wire.Frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How frames are cut into what is written at a time. */
enum Pieces {
    ALL_AT_ONCE {
        @Override
        List<byte[]> of(List<byte[]> frames) {
            return List.of(Frame.join(frames.toArray(byte[][]::new)));
        }
    },

    FRAME_BY_FRAME {
        @Override
        List<byte[]> of(List<byte[]> frames) {
            return frames;
        }
    },

    /** The more of them, the larger. */
    BYTE_BY_BYTE {
        @Override
        List<byte[]> of(List<byte[]> frames) {
            byte[] all = Frame.join(frames.toArray(byte[][]::new));
            int size = all.length < 2000 ? 1 : 997;
            List<byte[]> pieces = new ArrayList<>();
            for (int at = 0; at < all.length; at += size) {
                pieces.add(Arrays.copyOfRange(all, at, Math.min(all.length, at + size)));
            }
            return pieces;
        }
    };

    abstract List<byte[]> of(List<byte[]> frames);
}
