"use client";

import { Button, Modal, Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import classes from "../models.module.css";
import { useModelDeeds } from "../use-model-deeds.tsx";

const reasonMin = 5;

/** Makes this model the active one; what the gate holds against it is read first, and going on needs a reason of one's own. */
export function Promote({ model }: { model: RouterOutputs["models"]["show"] }) {
  const t = useTranslations("models");
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState("");
  const deeds = useModelDeeds(model.alias, () => setAsked(false));
  const { modelId, verdict } = model;
  const id = String(modelId);
  if (!verdict) return null;
  return (
    <>
      <Button onClick={() => setAsked(true)}>{t("promote")}</Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title={t("promoteTitle", { id })} centered>
        <p className={classes.say}>
          {model.alias.modelId === null
            ? t("promoteFirst", { id })
            : t("promoteMore", { id, from: String(model.alias.modelId) })}
        </p>
        {verdict.ok ? (
          <Button loading={deeds.pending} onClick={() => deeds.promote(modelId)} data-autofocus>
            {t("promoteSure")}
          </Button>
        ) : (
          <>
            <p className={classes.against}>{t("against")}</p>
            <ul className={classes.reasonList}>
              {verdict.reasons.map((said) => (
                <li key={said}>{said}</li>
              ))}
            </ul>
            <Textarea
              label={t("overrideReason")}
              description={t("overrideMore")}
              value={reason}
              maxLength={500}
              autosize
              minRows={2}
              onChange={(event) => setReason(event.currentTarget.value)}
              mb="md"
            />
            <Button
              color="red"
              disabled={reason.trim().length < reasonMin}
              loading={deeds.pending}
              onClick={() => deeds.promote(modelId, reason.trim())}
            >
              {t("override")}
            </Button>
          </>
        )}
      </Modal>
    </>
  );
}
