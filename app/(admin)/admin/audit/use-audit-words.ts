import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { shiftDay } from "../../../_ui/read-day.ts";
import { useFigures } from "../../../_ui/use-figures.ts";

type Line = RouterOutputs["audit"]["search"]["lines"][number];

/** What stands in the log in the reader's words; what nobody has worded yet stays as it is written. */
export function useAuditWords() {
  const t = useTranslations("admin.audit");
  const figures = useFigures();
  const lead = (leadId: string, brand: string | null) =>
    brand === null ? t("subjectOf.lead", { id: leadId }) : t("subjectOf.leadNamed", { brand });
  return {
    action: (action: string) => {
      const key = `actionOf.${action}` as "actionOf.mark:create";
      return t.has(key) ? t(key) : action;
    },
    /** What was done in particular, as the line's detail names it first; null: nobody has worded it. */
    deed: ({ action, detail }: Pick<Line, "action" | "detail">) => {
      const key = `deedOf.${action}.${Object.keys(detail)[0] ?? ""}` as "deedOf.user:manage.role";
      return t.has(key) ? t(key) : null;
    },
    actor: ({ actor, actorName }: Pick<Line, "actor" | "actorName">) => {
      if (actor === "anonymous") return t("anonymous");
      const [kind = "", id = ""] = actor.split(":", 2);
      if (actorName !== null) return kind === "key" ? t("key", { name: actorName }) : actorName;
      const system = `system.${id}` as "system.cli";
      return kind === "system" && t.has(system) ? t(system) : actor;
    },
    /** To what, by its name; where it has none, by its kind and number. */
    subject: ({ subject, named }: Pick<Line, "subject" | "named">) => {
      const [kind = "", id = ""] = subject.split(/:(.*)/s, 2);
      const whose = named?.lead && lead(named.lead.leadId, named.lead.brand);
      if (kind === "lead" && named) return lead(id, named.name);
      if (kind === "pilot" && named?.name)
        return t("subjectOf.pilot", { days: figures.dayRange(named.name, shiftDay(named.name, 6)) });
      if (kind === "proposal" && named?.name) return `${t("subjectOf.proposal", { number: named.name })} · ${whose}`;
      if (whose) return [named.name, whose].filter(Boolean).join(" · ");
      if (named?.name) return named.name;
      const setting = `settingOf.${id}` as "settingOf.firm";
      if (kind === "setting" && t.has(setting)) return t(setting);
      const numbered = `subjectOf.${kind}` as "subjectOf.model";
      return t.has(numbered) ? t(numbered, { id }) : subject;
    },
  };
}
