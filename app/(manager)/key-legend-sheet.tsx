"use client";

import { Kbd, Modal, Switch, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { usePreferences, useSingleKeys } from "../_ui/preferences.tsx";
import classes from "./key-legend.module.css";

const rows = [
  { keys: ["J", "K", "↓", "↑"], word: "move" },
  { keys: ["←", "→"], word: "sides" },
  { keys: ["X"], word: "mark" },
  { keys: ["1", "2", "3", "4", "5"], word: "markWhy" },
  { keys: ["P"], word: "pick" },
  { keys: ["Shift J", "Shift K"], word: "pickOn" },
  { keys: ["A"], word: "pickAll" },
  { keys: ["Shift X"], word: "markPicked" },
  { keys: ["R"], word: "markGroup" },
  { keys: ["C"], word: "compare" },
  { keys: ["M"], word: "map" },
  { keys: ["Enter"], word: "open" },
  { keys: ["Esc"], word: "close" },
  { keys: ["Ctrl Z"], word: "undo" },
  { keys: ["Ctrl Shift Z"], word: "redo" },
  { keys: ["/"], word: "search" },
  { keys: ["Ctrl K"], word: "palette" },
  { keys: ["?"], word: "legend" },
] as const;

/** Every key of the application, and the switch that turns the single ones off. */
export function KeyLegendSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations("keys");
  const singleKeys = useSingleKeys();
  const { prefer } = usePreferences();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("title")}
      size="md"
      // Else axe takes its <header> for a second banner of the page.
      attributes={{ header: { role: "none" } }}
      closeButtonProps={{ "aria-label": t("closeLegend") }}
    >
      <Text size="sm" c="dimmed" mb="sm">
        {t("about")}
      </Text>
      <dl className={classes.keys}>
        {rows.map(({ keys, word }) => (
          <Fragment key={word}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key} size="sm">
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd>{t(word)}</dd>
          </Fragment>
        ))}
      </dl>
      <Switch
        mt="md"
        checked={singleKeys}
        onChange={(event) => prefer({ singleKeys: event.currentTarget.checked })}
        label={t("single")}
        description={t("singleMore")}
      />
    </Modal>
  );
}
