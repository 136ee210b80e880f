import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../../../_ui/use-figures.ts";
import own from "./shadow-card.module.css";

type Findings = NonNullable<RouterOutputs["shadow"]["show"]["findings"]>;
type Segment = Findings["banks"][number];

/** Whose lists would change: leads by the bank that they ask for, and by what they trade in. */
export function ShadowSegments({ banks, trades }: Pick<Findings, "banks" | "trades">) {
  const t = useTranslations("shadow");
  const known = (bank: string | null) => (bank === "left" || bank === "right" || bank === "any" ? bank : "unknown");
  return (
    <div className={own.segments}>
      <Segments title={t("byBank")} segments={banks} name={(segment) => t(`bank.${known(segment)}`)} />
      <Segments title={t("byTrade")} segments={trades} name={(segment) => segment ?? t("unknownTrade")} />
    </div>
  );
}

function Segments(props: { title: string; segments: Segment[]; name: (segment: string | null) => string }) {
  const t = useTranslations("shadow");
  const figures = useFigures();
  return (
    <table className={own.table}>
      <thead>
        <tr>
          <th scope="col">{props.title}</th>
          <th scope="col">{t("column.changed")}</th>
          <th scope="col">{t("column.restored")}</th>
          <th scope="col">{t("column.removed")}</th>
        </tr>
      </thead>
      <tbody>
        {props.segments.map(({ segment, leads, changedLeads, restored, removed }) => (
          <tr key={segment ?? ""}>
            <th scope="row">{props.name(segment)}</th>
            <td>{t("column.changedOf", { changed: figures.whole(changedLeads), leads: figures.whole(leads) })}</td>
            <td>{figures.whole(restored)}</td>
            <td>{figures.whole(removed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
