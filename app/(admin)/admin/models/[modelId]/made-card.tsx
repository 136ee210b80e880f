import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../../_ui/card.tsx";
import { useFigures } from "../../../../_ui/use-figures.ts";
import classes from "../models.module.css";

type Model = RouterOutputs["models"]["show"];

/** Out of what a model was made, so that somebody else can make the same: snapshot, parameters, seed, versions. */
export function MadeCard({ model }: { model: Model }) {
  const t = useTranslations("models");
  const figures = useFigures();
  const identity = [
    { place: t("making.featureSet"), value: model.featureSetId },
    { place: t("making.seed"), value: model.seed === null ? t("unknown") : String(model.seed) },
    { place: t("making.artifact"), value: model.artifactSha256 },
    { place: t("making.bytes"), value: t("making.bytesOf", { bytes: figures.whole(model.artifactBytes) }) },
  ];
  return (
    <Card id="made" title={t("making.title")}>
      <Facts facts={identity} />
      <Group title={t("making.snapshot")} facts={model.snapshot} />
      <Group title={t("making.parameters")} facts={model.parameters} />
      <Group title={t("making.libraries")} facts={model.libraries} />
    </Card>
  );
}

function Group({ title, facts }: { title: string; facts: Model["parameters"] }) {
  if (facts.length === 0) return null;
  return (
    <details className={classes.group}>
      <summary>{title}</summary>
      <Facts facts={facts} />
    </details>
  );
}

function Facts({ facts }: { facts: Model["parameters"] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ place, value }) => (
        <div key={place}>
          <dt>{place}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
