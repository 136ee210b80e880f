import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { LocaleSwitch } from "../_ui/locale-switch.tsx";
import { Logo } from "../_ui/logo.tsx";
import { ThemeSwitch } from "../_ui/theme-switch.tsx";
import { currentUser } from "../trpc/server.tsx";
import classes from "./login.module.css";
import { pathWithin } from "./path-within.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { Skyline } from "./skyline.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("login"))("title") };
}

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const target = pathWithin((await searchParams).callbackUrl);
  if (await currentUser()) redirect(target);
  const [t, app] = await Promise.all([getTranslations("login"), getTranslations("app")]);
  return (
    <div className={classes.page}>
      <aside className={classes.pitch} aria-label={app("promise")}>
        <div className={classes.brand}>
          <Logo size={34} />
          <span>{app("name")}</span>
        </div>
        <p className={classes.promise}>{t("pitch")}</p>
        <p className={classes.more}>{t("pitchMore")}</p>
        <Skyline />
      </aside>
      <main className={classes.side}>
        <div className={classes.tools}>
          <LocaleSwitch />
          <ThemeSwitch />
        </div>
        <SignInForm target={target} />
      </main>
    </div>
  );
}
