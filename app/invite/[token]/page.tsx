import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { FullPageMessage } from "../../_ui/full-page-message.tsx";
import { openInvited } from "../../trpc/server.tsx";
import { AcceptForm } from "./accept-form.tsx";

type Props = { params: Promise<{ token: string }> };

/** The same for every link: a title that says whose it is would be told before the token was looked at. */
export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations("invite"))("title"),
    robots: { index: false, follow: false },
    referrer: "no-referrer",
  };
}

/** What an invitation's link opens: a form for a password, for whoever it was made. */
export default async function InvitePage({ params }: Props) {
  const { token } = await params;
  const invited = await openInvited(token);
  if (invited === null) notFound();
  const [t, { invite, login }] = await Promise.all([getTranslations("invite"), getMessages()]);
  return (
    <FullPageMessage
      title={t("hello", { name: invited.name })}
      text={t(invited.known ? "againMore" : "firstMore", { email: invited.email })}
    >
      <NextIntlClientProvider messages={{ invite, login }}>
        <AcceptForm token={token} email={invited.email} />
      </NextIntlClientProvider>
    </FullPageMessage>
  );
}
