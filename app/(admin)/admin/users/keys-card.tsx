"use client";

import { ActionIcon, Button, Menu, Skeleton } from "@mantine/core";
import { IconDots, IconKeyOff, IconPlus, IconRotateClockwise2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import page from "../../admin-page.module.css";
import { NewKeyDialog, RevokeDialog, RotateDialog } from "./key-dialogs.tsx";
import { ShownOnce } from "./shown-once.tsx";
import classes from "./users.module.css";

type Key = RouterOutputs["keys"]["list"][number];
type Asked = { deed: "new" } | { deed: "rotate" | "revoke"; key: Key };

/** Keys of other systems. A secret is shown here once, when it is made; later only how it begins. */
export function KeysCard() {
  const t = useTranslations("admin.users");
  const trpc = useTRPC();
  const list = useQuery(trpc.keys.list.queryOptions());
  const [asked, setAsked] = useState<Asked | null>(null);
  const [made, setMade] = useState<{ secret: string; note: string } | null>(null);
  const [all, setAll] = useState(false);
  const close = () => setAsked(null);
  const keys = list.data ?? [];
  const alive = keys.filter(({ state }) => state === "active" || state === "leaving");
  const shown = all ? keys : alive;

  return (
    <Card
      id="keys"
      title={t("keys")}
      aside={
        <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setAsked({ deed: "new" })}>
          {t("newKey")}
        </Button>
      }
    >
      <p className={page.soft}>{t("keysWhat")}</p>
      {made !== null && (
        <ShownOnce key={made.secret} label={t("secret")} note={made.note} value={made.secret} copy={t("copySecret")} />
      )}
      {list.isPending && <Skeleton height={90} radius="md" mt="sm" aria-hidden />}
      {list.isError && <Problem error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />}
      {list.isSuccess && shown.length === 0 && <p className={classes.empty}>{t("noKeys")}</p>}
      {shown.length > 0 && (
        <ul className={classes.people}>
          {shown.map((key) => (
            <KeyRow key={key.keyId} of={key} onAsk={(deed) => setAsked({ deed, key })} />
          ))}
        </ul>
      )}
      {keys.length > alive.length && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(!all)} aria-expanded={all}>
          {t(all ? "hideOver" : "showOver", { count: keys.length - alive.length })}
        </Button>
      )}
      {asked?.deed === "new" && <NewKeyDialog onClose={close} onMade={setMade} />}
      {asked?.deed === "rotate" && <RotateDialog of={asked.key} onClose={close} onMade={setMade} />}
      {asked?.deed === "revoke" && <RevokeDialog of={asked.key} onClose={close} />}
    </Card>
  );
}

function KeyRow({ of: key, onAsk }: { of: Key; onAsk: (deed: "rotate" | "revoke") => void }) {
  const t = useTranslations("admin.users");
  const figures = useFigures();
  const alive = key.state === "active" || key.state === "leaving";
  return (
    <li className={classes.person} data-state={alive ? undefined : "dismissed"}>
      <div className={classes.who}>
        <p className={classes.name}>
          <span>{key.name}</span>
          <code className={classes.prefix}>{key.prefix}…</code>
        </p>
        <p className={classes.facts}>
          <span>{key.scopes.map((scope) => t(`scopeOf.${scope}`)).join(", ")}</span>
          <span>
            {key.lastUsedAt === null ? t("neverUsed") : t("usedLast", { at: figures.moment(key.lastUsedAt) })}
          </span>
        </p>
        <p className={classes.facts}>
          <span>{t("madeAt", { at: figures.moment(key.createdAt) })}</span>
          <span>{ends(key)}</span>
        </p>
      </div>
      <span className={classes.role} data-tone={key.state}>
        {t(`keyState.${key.state}`)}
      </span>
      {alive && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" size="lg" aria-label={t("keyDeeds", { name: key.name, prefix: key.prefix })}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconRotateClockwise2 size={16} />}
              onClick={() => onAsk("rotate")}
              disabled={key.state === "leaving"}
            >
              {t("rotate")}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconKeyOff size={16} />} onClick={() => onAsk("revoke")}>
              {t("revoke")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );

  function ends({ revokedAt, expiresAt, state }: Key): string {
    if (revokedAt) return t("revokedAt", { at: figures.moment(revokedAt) });
    if (!expiresAt) return t("noEnd");
    return t(state === "expired" ? "endedAt" : "endsAt", { at: figures.moment(expiresAt) });
  }
}
