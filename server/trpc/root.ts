import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { createCallerFactory, router } from "./init.ts";
import { auditRouter } from "./routers/audit.ts";
import { dataRouter } from "./routers/data.ts";
import { demoRouter } from "./routers/demo.ts";
import { experimentsRouter } from "./routers/experiments.ts";
import { feedbackRouter } from "./routers/feedback.ts";
import { healthRouter } from "./routers/health.ts";
import { importsRouter } from "./routers/imports.ts";
import { invitationsRouter } from "./routers/invitations.ts";
import { keysRouter } from "./routers/keys.ts";
import { leadsRouter } from "./routers/leads.ts";
import { matchingRouter } from "./routers/matching.ts";
import { meRouter } from "./routers/me.ts";
import { modelsRouter } from "./routers/models.ts";
import { pilotRouter } from "./routers/pilot.ts";
import { premisesRouter } from "./routers/premises.ts";
import { proposalsRouter } from "./routers/proposals.ts";
import { reportsRouter } from "./routers/reports.ts";
import { settingsRouter } from "./routers/settings.ts";
import { shadowRouter } from "./routers/shadow.ts";
import { trainingsRouter } from "./routers/trainings.ts";
import { usersRouter } from "./routers/users.ts";
import { viewsRouter } from "./routers/views.ts";

export const appRouter = router({
  me: meRouter,
  leads: leadsRouter,
  matching: matchingRouter,
  models: modelsRouter,
  premises: premisesRouter,
  feedback: feedbackRouter,
  views: viewsRouter,
  settings: settingsRouter,
  shadow: shadowRouter,
  proposals: proposalsRouter,
  pilot: pilotRouter,
  trainings: trainingsRouter,
  users: usersRouter,
  invitations: invitationsRouter,
  keys: keysRouter,
  audit: auditRouter,
  health: healthRouter,
  reports: reportsRouter,
  data: dataRouter,
  imports: importsRouter,
  demo: demoRouter,
  experiments: experimentsRouter,
});

export const createCaller = createCallerFactory(appRouter);

export type AppRouter = typeof appRouter;
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;
