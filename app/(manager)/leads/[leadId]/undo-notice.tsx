import { Button } from "@mantine/core";
import classes from "./undo-notice.module.css";

/** A notice's text with the one way back. */
export function UndoNotice({ text, word, onUndo }: { text: string; word: string; onUndo: () => void }) {
  return (
    <span className={classes.notice}>
      <span>{text}</span>
      <Button size="compact-sm" variant="light" className={classes.undo} onClick={onUndo}>
        {word}
      </Button>
    </span>
  );
}
