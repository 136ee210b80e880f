import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";

type Line = RouterOutputs["audit"]["search"]["lines"][number];

/** What stands in the log in the reader's words; what nobody has worded yet stays as it is written. */
export function useAuditWords() {
  const t = useTranslations("admin.audit");
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
      if (actorName !== null) return actorName;
      if (actor === "anonymous") return t("anonymous");
      const [kind = "", id = ""] = actor.split(":", 2);
      if (kind === "key") return t("key", { id });
      const system = `system.${id}` as "system.cli";
      return kind === "system" && t.has(system) ? t(system) : actor;
    },
  };
}
