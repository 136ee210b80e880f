import { Alert, TextInput } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { CopyButton } from "../../../_ui/copy-button.tsx";
import classes from "./users.module.css";

/** A link or a secret that nobody can see a second time. The focus goes to it, marked, so that Ctrl C is enough. */
export function ShownOnce(props: { label: string; note: string; value: string; copy: string }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <Alert color="teal" variant="light" icon={<IconKey size={18} aria-hidden />} className={classes.once}>
      <div className={classes.onceRow}>
        <TextInput
          ref={field}
          readOnly
          label={props.label}
          description={props.note}
          value={props.value}
          onFocus={(event) => event.currentTarget.select()}
          className={classes.onceValue}
        />
        <CopyButton text={props.value} label={props.copy} />
      </div>
    </Alert>
  );
}
