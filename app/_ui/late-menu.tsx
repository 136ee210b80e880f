"use client";

import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { type ComponentType, cloneElement, type ReactElement, useState } from "react";
import type { OpenMenuProps } from "./open-menu.tsx";

type Target = ReactElement<{
  onClick?: () => void;
  onPointerEnter?: () => void;
  "aria-haspopup"?: "menu";
  "aria-expanded"?: boolean;
}>;

interface Loaded<Props> {
  OpenMenu: ComponentType<OpenMenuProps>;
  Items: ComponentType<Props>;
}

/** A button whose menu is loaded when it is first wanted: a page of cards pays nothing for the menus nobody opens. */
export function LateMenu<Props extends object>(props: {
  target: Target;
  load: () => Promise<ComponentType<Props>>;
  itemProps: Props;
  label: string;
  width: number;
  position?: OpenMenuProps["position"];
}) {
  const { target, label, width, position = "bottom-end" } = props;
  const t = useTranslations("problem");
  const [loaded, setLoaded] = useState<Loaded<Props> | null>(null);

  const fetchAll = async (): Promise<Loaded<Props>> => {
    const [{ OpenMenu }, Items] = await Promise.all([import("./open-menu.tsx"), props.load()]);
    return { OpenMenu, Items };
  };
  const open = () => fetchAll().then(setLoaded, () => notifications.show({ color: "red", message: t("offline") }));

  if (loaded) {
    const { OpenMenu, Items } = loaded;
    return (
      <OpenMenu target={target} label={label} width={width} position={position}>
        <Items {...props.itemProps} />
      </OpenMenu>
    );
  }
  return cloneElement(target, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    // A press will say whether it failed; a glance need not.
    onPointerEnter: () => void fetchAll().catch(() => {}),
    onClick: () => void open(),
  });
}
