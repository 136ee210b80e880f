"use client";

import { Menu } from "@mantine/core";
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";

export interface OpenMenuProps {
  target: ReactElement;
  label: string;
  width: number;
  position: "bottom-start" | "bottom-end";
  children: ReactNode;
}

/** The menu of a `LateMenu`: it is wanted at once, from the button that takes its first one's place. */
export function OpenMenu({ target, label, width, position, children }: OpenMenuProps) {
  const [opened, setOpened] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    place.current?.querySelector("button")?.focus();
    setOpened(true);
  }, []);
  return (
    <span ref={place} style={{ display: "contents" }}>
      <Menu opened={opened} onChange={setOpened} position={position} width={width}>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown aria-label={label}>{children}</Menu.Dropdown>
      </Menu>
    </span>
  );
}
