"use client";

import { ActionIcon, Alert, Button, SegmentedControl, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconFileTypePdf, IconPrinter, IconSend } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { usePhysicalKeys } from "../../../_ui/physical-keys.ts";
import { ProposalSheet } from "../../../_ui/proposal-sheet.tsx";
import type { ProposalView } from "../proposal-answers.ts";
import classes from "./desk.module.css";
import { DeskHeader } from "./desk-header.tsx";
import { DraftForm } from "./draft-form.tsx";
import type { KeptDraft } from "./draft-keeper.ts";
import { previewDocument } from "./preview-document.ts";
import { SendDialog } from "./send-dialog.tsx";
import { useDraft } from "./use-draft.ts";

/** Writing a proposal: the form, and beside it what the client will see. */
export function DraftDesk({ view }: { view: ProposalView }) {
  const t = useTranslations("proposal");
  const { keeper, draft } = useDraft(view);
  const [side, setSide] = useState<"write" | "look">("write");
  const [sending, setSending] = useState(false);

  usePhysicalKeys({
    "Ctrl+KeyZ": (event) => {
      event.preventDefault();
      keeper.undo();
    },
    "Ctrl+Shift+KeyZ": (event) => {
      event.preventDefault();
      keeper.redo();
    },
  });

  /** Print and PDF are of what is saved. */
  const openPdf = async () => {
    const tab = window.open("", "_blank");
    await keeper.flush();
    const address = `/api/proposals/${view.proposalId}/pdf`;
    if (tab) tab.location.href = address;
    else window.location.assign(address);
  };

  return (
    <div className={classes.desk}>
      <DeskHeader view={view} status={<Status draft={draft} />}>
        <Tooltip label={t("undo")}>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t("undo")}
            disabled={!draft.canUndo}
            onClick={() => keeper.undo()}
          >
            <IconArrowBackUp size={18} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("redo")}>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t("redo")}
            disabled={!draft.canRedo}
            onClick={() => keeper.redo()}
          >
            <IconArrowForwardUp size={18} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("print")}>
          <ActionIcon variant="default" size="lg" aria-label={t("print")} onClick={() => window.print()}>
            <IconPrinter size={18} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
        <Button
          variant="default"
          leftSection={<IconFileTypePdf size={17} stroke={1.7} aria-hidden />}
          onClick={() => void openPdf()}
        >
          PDF
        </Button>
        <Button leftSection={<IconSend size={17} stroke={1.7} aria-hidden />} onClick={() => setSending(true)}>
          {t("send")}
        </Button>
      </DeskHeader>
      {draft.status === "overtaken" && (
        <Alert color="yellow" title={t("overtaken")} className={classes.alert}>
          {t("overtakenMore")}
          <div className={classes.alertDeeds}>
            <Button size="compact-sm" variant="default" onClick={() => void keeper.keepMine()}>
              {t("keepMine")}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => void keeper.takeTheirs()}>
              {t("takeTheirs")}
            </Button>
          </div>
        </Alert>
      )}
      <SegmentedControl
        className={classes.sides}
        fullWidth
        aria-label={t("sides")}
        value={side}
        onChange={(value) => setSide(value === "look" ? "look" : "write")}
        data={[
          { value: "write", label: t("write") },
          { value: "look", label: t("look") },
        ]}
      />
      <div className={classes.columns}>
        <div className={classes.form} data-hidden={side !== "write" || undefined}>
          <DraftForm view={view} keeper={keeper} draft={draft} />
        </div>
        <section className={classes.preview} data-hidden={side !== "look" || undefined} aria-label={t("preview")}>
          <ProposalSheet document={previewDocument(draft)} headingOrder={2} />
        </section>
      </div>
      {sending && <SendDialog view={view} keeper={keeper} draft={draft} onClose={() => setSending(false)} />}
    </div>
  );
}

function Status({ draft }: { draft: KeptDraft }) {
  const t = useTranslations("proposal");
  return (
    <span role="status" data-status={draft.status}>
      {t("state.draft")} · {t(`saving.${draft.status}`)}
    </span>
  );
}
