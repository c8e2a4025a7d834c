package io.snorky.examples.notes;

import io.snorky.rpc.RpcError;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Notes as a text file, one a line: {@code - [ ] Buy milk}, {@code - [x] Call Ada}. */
final class Checklist {

    private static final Pattern LINE = Pattern.compile("(?:[-*] )?(?:\\[([ xX])] )?(.*)");

    private Checklist() {}

    static byte[] write(List<Note> notes) {
        return notes.stream()
                .map(note -> (note.done() ? "- [x] " : "- [ ] ") + note.text() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The notes in a file. Lines of another kind are notes that are not done; blank ones are none.
     *
     * @throws RpcError if it is no text
     */
    static List<Note> read(String name, byte[] file) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            return text.lines()
                    .map(String::strip)
                    .map(Checklist::note)
                    .filter(each -> !each.text().isEmpty())
                    .toList();
        } catch (CharacterCodingException e) {
            throw new RpcError(name + ": no text (expected: text in UTF-8)");
        }
    }

    private static Note note(String line) {
        Matcher match = LINE.matcher(line);
        if (!match.matches()) {
            throw new AssertionError(line); // the pattern takes any line
        }
        String mark = match.group(1);
        return Note.of(match.group(2).strip(), mark != null && !mark.equals(" "));
    }
}
