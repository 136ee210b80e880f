"use client";

import { Button, Collapse, NumberInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustments, IconSchool } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Card } from "../../../_ui/card.tsx";
import { DayField } from "../../../_ui/day-field.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import page from "../../admin-page.module.css";
import classes from "./trainings.module.css";
import { useTrainingDeeds } from "./use-training-deeds.ts";

/** The button for a training; what few need is behind another. */
export function NewTraining({ may, nextMonthly }: { may: boolean; nextMonthly: Date }) {
  const t = useTranslations("trainings");
  const figures = useFigures();
  const deeds = useTrainingDeeds();
  const settings = useId();
  const [opened, { toggle }] = useDisclosure(false);
  const [asOf, setAsOf] = useState<string | null>(null);
  const [searchTrials, setSearchTrials] = useState<number | string>(0);

  return (
    <Card
      id="new-training"
      title={t("new")}
      aside={<span className={page.soft}>{t("monthly", { at: figures.moment(nextMonthly) })}</span>}
    >
      <p className={classes.what}>{t("what")}</p>
      {!may && <p className={page.soft}>{t("onlyAdmin")}</p>}
      {may && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            deeds.request({ ...(asOf ? { asOf } : {}), searchTrials: Number(searchTrials) || 0 });
          }}
        >
          <Collapse expanded={opened} id={settings}>
            <div className={classes.settings}>
              <DayField label={t("asOf")} description={t("asOfHint")} value={asOf} onChange={setAsOf} />
              <NumberInput
                label={t("search")}
                description={t("searchHint")}
                value={searchTrials}
                onChange={setSearchTrials}
                min={0}
                max={100}
                allowDecimal={false}
                clampBehavior="strict"
              />
            </div>
          </Collapse>
          <div className={classes.buttons}>
            <Button type="submit" leftSection={<IconSchool size={18} />} loading={deeds.requesting}>
              {t("train")}
            </Button>
            <Button
              variant="subtle"
              leftSection={<IconAdjustments size={18} />}
              onClick={toggle}
              aria-expanded={opened}
              aria-controls={settings}
            >
              {t(opened ? "less" : "more")}
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}
