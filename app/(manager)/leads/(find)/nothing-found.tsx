import { Group } from "@mantine/core";
import { IconFilterOff, IconInbox, IconSearchOff, IconUserQuestion } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Hollow } from "../../../_ui/hollow.tsx";
import { NothingYet } from "../../first-run/nothing-yet.tsx";

/** Why the list is empty, and what can be done about it: the first run, nobody's leads yet, a filter, or the words. */
export function NothingFound(props: {
  me: RouterOutputs["me"]["get"];
  query: string;
  narrowed: boolean;
  anyLead: boolean;
  children: ReactNode;
}) {
  const { me, query } = props;
  const t = useTranslations("leads");
  const ways = <Group justify="center">{props.children}</Group>;
  if (!props.anyLead) return <NothingYet me={me} what="leads" icon={IconInbox} />;
  if (query !== "")
    return (
      <Hollow
        icon={IconSearchOff}
        title={t("nothing", { query })}
        text={props.narrowed ? t("nothingFiltered") : t("nothingMore")}
      >
        {ways}
      </Hollow>
    );
  if (props.narrowed)
    return (
      <Hollow icon={IconFilterOff} title={t("filteredEmpty")} text={t("filteredEmptyMore")}>
        {ways}
      </Hollow>
    );
  return (
    <Hollow
      icon={IconUserQuestion}
      title={t("noneYours")}
      text={me.managerId === null ? t("noneLinked") : t("noneYoursMore")}
    />
  );
}
