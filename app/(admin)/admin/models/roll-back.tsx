"use client";

import { Button, Modal } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import classes from "./models.module.css";
import { type Alias, useModelDeeds } from "./use-model-deeds.tsx";

/** Back to the model before, by its number; nothing where there is none. */
export function RollBack({ alias }: { alias: Alias }) {
  const t = useTranslations("models");
  const [asked, setAsked] = useState(false);
  const deeds = useModelDeeds(alias, () => setAsked(false));
  if (alias.rollbackTo === null) return null;
  const to = String(alias.rollbackTo);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={16} stroke={1.8} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t("rollBack", { to })}
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title={t("rollBack", { to })} centered>
        <p className={classes.say}>{t("rollBackMore", { from: String(alias.modelId), to })}</p>
        <Button loading={deeds.pending} onClick={deeds.rollBack} data-autofocus>
          {t("rollBackSure")}
        </Button>
      </Modal>
    </>
  );
}
