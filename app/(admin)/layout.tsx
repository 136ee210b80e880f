import { notFound } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { Workspace } from "../(manager)/workspace.tsx";
import { currentUser } from "../trpc/server.tsx";
import classes from "./admin-nav.module.css";
import { AdminNav } from "./admin-nav.tsx";

/** For the product's owner and administrators; to a manager none of it exists. The stranger is sent to the sign-in by each page. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const me = await currentUser();
  if (!me) return children;
  if (me.role === "manager") notFound();
  return (
    <NextIntlClientProvider messages={await getMessages()}>
      <Workspace me={me}>
        <div className={classes.frame}>
          <AdminNav role={me.role} />
          <div>{children}</div>
        </div>
      </Workspace>
    </NextIntlClientProvider>
  );
}
