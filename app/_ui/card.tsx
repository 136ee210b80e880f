import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./card.module.css";

/** One card of a page of cards; `aside` stands beside its title. */
export function Card(props: {
  id: string;
  title: string;
  aside?: ReactNode;
  /** Of a card that is a verdict. */
  isGood?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={classes.card} aria-labelledby={props.id} data-good={props.isGood}>
      <div className={classes.heading}>
        <Title order={2} id={props.id} className={classes.title}>
          {props.title}
        </Title>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
