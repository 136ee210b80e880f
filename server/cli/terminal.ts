import type { Locale, Words } from "../wording.ts";

/** Where a command speaks: results on stdout, where another program may read them; everything else on stderr. */
export interface Terminal {
  locale: Locale;
  print(line: string): void;
  note(words: Words | string): void;
  /** The same work a little further on. A person sees one line that moves, a log one line for each new text. */
  progress(words: Words | string): void;
}

export function openTerminal(locale: Locale): Terminal {
  let moving = "";
  const pick = (words: Words | string) => (typeof words === "string" ? words : words[locale]);
  const settle = () => {
    if (moving && process.stderr.isTTY) process.stderr.write("\n");
    moving = "";
  };
  return {
    locale,
    print(line) {
      settle();
      process.stdout.write(`${line}\n`);
    },
    note(words) {
      settle();
      process.stderr.write(`${pick(words)}\n`);
    },
    progress(words) {
      const text = pick(words);
      if (text === moving) return;
      moving = text;
      process.stderr.write(process.stderr.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
    },
  };
}
