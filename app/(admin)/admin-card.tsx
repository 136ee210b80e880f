import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./admin-page.module.css";

/** One card of an administrators' page; `aside` stands beside its title. */
export function AdminCard(props: { id: string; title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.card} aria-labelledby={props.id}>
      <div className={classes.heading}>
        <Title order={2} id={props.id} className={classes.cardTitle}>
          {props.title}
        </Title>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
