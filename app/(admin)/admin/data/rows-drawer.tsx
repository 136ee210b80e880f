"use client";

import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useTRPC } from "../../../trpc/client.tsx";
import { closed, dataAddress } from "./data-address.ts";
import { FoundRows } from "./found-rows.tsx";
import { UnfilledRows } from "./unfilled-rows.tsx";
import { useCheckWords } from "./use-check-words.ts";

/** The rows behind a number, beside the page that it stands on. */
export function RowsDrawer({ mayAnswer }: { mayAnswer: boolean }) {
  const t = useTranslations("data");
  const wish = useTranslations("answer.field");
  const checkWords = useCheckWords();
  const trpc = useTRPC();
  const [{ check: asked, empty }, show] = useQueryStates(dataAddress);
  const checks = useQuery(trpc.data.checks.queryOptions()).data;
  const check = checks?.find((one) => one.check === asked);
  const title = check ? checkWords(check) : empty ? t("emptyTitle", { field: wish(empty) }) : "";
  return (
    <Drawer
      opened={check !== undefined || empty !== null}
      onClose={() => void show(closed)}
      position="right"
      size="min(36rem, 100vw)"
      title={title}
      // Else axe takes its <header> for a second banner of the page.
      attributes={{ header: { role: "none" } }}
      closeButtonProps={{ "aria-label": t("close") }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      styles={{ title: { flex: 1, minWidth: 0, marginInlineEnd: "0.75rem", fontWeight: 650, lineHeight: 1.35 } }}
    >
      {check ? (
        <FoundRows check={check} mayAnswer={mayAnswer} />
      ) : empty ? (
        <UnfilledRows field={empty} mayAnswer={mayAnswer} />
      ) : null}
    </Drawer>
  );
}
