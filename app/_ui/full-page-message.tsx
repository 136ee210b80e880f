import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./full-page-message.module.css";
import { Logo } from "./logo.tsx";

/** A page that has nothing to show but a sentence and a way on. */
export function FullPageMessage(props: { title: string; text: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <Logo size={40} />
      <Title order={1} size="h2">
        {props.title}
      </Title>
      <Text c="dimmed" maw={420} ta="center">
        {props.text}
      </Text>
      <div className={classes.actions}>{props.children}</div>
    </main>
  );
}
