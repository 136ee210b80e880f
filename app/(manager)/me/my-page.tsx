"use client";

import { Avatar, Title } from "@mantine/core";
import { IconUserOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { initials } from "../../_ui/account-menu.tsx";
import card from "../../_ui/card.module.css";
import { Hollow } from "../../_ui/hollow.tsx";
import { EffectCard } from "./effect-card.tsx";
import { FunnelCard } from "./funnel-card.tsx";
import classes from "./my-page.module.css";
import { OwnMarks } from "./own-marks.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SessionsCard } from "./sessions-card.tsx";
import { SettingsCard } from "./settings-card.tsx";
import { TasteCard } from "./taste-card.tsx";

/** One's own page: what one's marks did, how one's leads fare, and how the screens should be. */
export function MyPage({ me }: { me: RouterOutputs["me"]["get"] }) {
  const t = useTranslations("me");
  const shell = useTranslations("shell");
  return (
    <div className={classes.page}>
      <header className={classes.person}>
        <Avatar size={52} radius="xl" color="ink" variant="light" alt="" aria-hidden>
          {initials(me.name)}
        </Avatar>
        <div>
          <Title order={1} className={classes.name}>
            {me.name}
          </Title>
          <p className={classes.who}>
            {shell(`role.${me.role}`)} · {me.email}
          </p>
        </div>
      </header>
      <div className={classes.columns}>
        <div className={classes.column}>
          {me.managerId === null ? (
            <section className={card.card}>
              <Hollow icon={IconUserOff} title={t("noManager")} text={t("noManagerMore")} />
            </section>
          ) : (
            <>
              <EffectCard />
              <TasteCard may={me.permissions.includes("mark:withdraw")} />
              <FunnelCard />
              <OwnMarks may={me.permissions.includes("mark:withdraw")} />
            </>
          )}
        </div>
        <div className={classes.column}>
          <SettingsCard />
          <PasswordForm email={me.email} />
          <SessionsCard />
        </div>
      </div>
    </div>
  );
}
