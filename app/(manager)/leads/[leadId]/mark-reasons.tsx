"use client";

import { Kbd, Menu } from "@mantine/core";
import { useTranslations } from "next-intl";
import { keyedReasons, type MarkReason, markReasons } from "./board-answers.ts";

/** Why a verdict was a mistake, with the key of each reason. */
export function MarkReasons({ label, onReason }: { label: string; onReason: (reason: MarkReason) => void }) {
  const t = useTranslations("mark");
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {markReasons.map((reason) => {
        const key = (keyedReasons as readonly MarkReason[]).indexOf(reason) + 1;
        return (
          <Menu.Item
            key={reason}
            onClick={() => onReason(reason)}
            rightSection={
              key > 0 ? (
                <Kbd size="xs" aria-hidden>
                  {key}
                </Kbd>
              ) : null
            }
          >
            {t(`reasonOf.${reason}`)}
          </Menu.Item>
        );
      })}
    </>
  );
}
