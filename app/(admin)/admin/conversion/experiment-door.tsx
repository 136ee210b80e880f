import { Anchor } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { StateTag } from "../../../_ui/state-tag.tsx";
import page from "../../admin-page.module.css";
import { useScopedHref } from "../../use-scoped-href.ts";
import { experimentTones } from "./experiment-tones.ts";

/** Leads to the comparison by lot, and says how the latest one stands. */
export function ExperimentDoor({ latest }: { latest: RouterOutputs["experiments"]["list"][number] | undefined }) {
  const t = useTranslations("conversion");
  const href = useScopedHref();
  const state = latest?.state ?? "none";
  return (
    <Card
      id="experiment"
      title={t("toExperiment")}
      aside={<StateTag tone={latest && experimentTones[latest.state]}>{t(`experimentState.${state}`)}</StateTag>}
    >
      <p className={page.soft}>
        {t("experimentMore")}{" "}
        <Anchor component={Link} size="sm" underline="always" href={href("/admin/conversion/experiment")}>
          {t("toExperiment")} →
        </Anchor>
      </p>
    </Card>
  );
}
