import type { ReactNode } from "react";
import { currentUser } from "../trpc/server.tsx";
import { Workspace } from "./workspace.tsx";

/** Each page below sends the stranger to the sign-in with its own address, so that he comes back to it. */
export default async function ManagerLayout({ children }: { children: ReactNode }) {
  const me = await currentUser();
  return me ? <Workspace me={me}>{children}</Workspace> : children;
}
