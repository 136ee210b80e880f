import { Text } from "@mantine/core";
import type { IconCloudOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./hollow.module.css";

/** Stands where a list would be: empty, emptied by a filter, or failed. */
export function Hollow(props: {
  icon: typeof IconCloudOff;
  title: string;
  /** 1 where it is the page's only heading. */
  titleOrder?: 1;
  text: string;
  alarm?: boolean;
  children?: ReactNode;
}) {
  const { icon: Icon } = props;
  return (
    <div className={classes.hollow} role={props.alarm ? "alert" : undefined}>
      <span className={classes.icon} data-alarm={props.alarm || undefined}>
        <Icon size={26} stroke={1.6} aria-hidden />
      </span>
      <Text fw={600} component={props.titleOrder === 1 ? "h1" : "p"} fz="md" m={0} ta="center">
        {props.title}
      </Text>
      <Text size="sm" c="dimmed" maw={380} ta="center">
        {props.text}
      </Text>
      {props.children}
    </div>
  );
}
