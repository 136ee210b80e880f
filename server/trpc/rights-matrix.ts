import type { Role } from "../permissions.ts";

/** Who may call a procedure: everybody, or the roles listed. */
export interface Rights {
  open: "everybody" | readonly Role[];
  /** An input that the procedure takes; what it names is in the named cast. */
  input?: Record<string, unknown>;
  /** Fields that it takes although elsewhere nobody may set them. */
  knows?: readonly ("role" | "managerId")[];
}

const signedIn = ["manager", "owner", "admin"] as const;
/** What each role of the test has for a password. */
export const matrixPassword = "correct horse battery";
const uuid = "7b0c9b86-6a35-4d2c-9d3c-2f0d9c2b8f10";

/** Every procedure there is. A new one that is not listed here fails the test that walks them all as everybody. */
export const rightsMatrix: Record<string, Rights> = {
  "me.get": { open: signedIn },
  "me.taste": { open: signedIn },
  "me.tasteEffect": { open: signedIn },
  "me.funnel": { open: signedIn, input: { span: "month" } },
  "me.prefer": { open: signedIn, input: { theme: "dark" } },
  "me.changePassword": {
    open: signedIn,
    input: { current: matrixPassword, next: "another horse battery" },
  },
  "me.endSessions": { open: signedIn },
  "me.seeModel": { open: signedIn, input: { modelId: 1 } },
  "me.endTour": { open: signedIn },
  "leads.find": { open: signedIn, input: { query: "кофе" } },
  "leads.get": { open: signedIn, input: { leadId: "20003" } },
  "leads.choices": { open: signedIn },
  "leads.answer": {
    open: ["manager", "admin"],
    input: { leadId: "20001", answer: { field: "budget", text: "150 000" }, idempotencyKey: uuid },
  },
  "leads.withdrawAnswer": { open: ["manager", "admin"], input: { answerId: uuid } },
  "views.list": { open: signedIn },
  "views.save": { open: signedIn, input: { name: "Кофе", filters: { q: "кофе" } } },
  "views.delete": { open: signedIn, input: { viewId: uuid } },
  "settings.firm": { open: ["admin"] },
  "settings.change": { open: ["admin"], input: { name: "managersSeeAllLeads", value: false } },
  "matching.whatIf": {
    open: ["manager", "admin"],
    input: { leadId: "20001", answer: { field: "budget", text: "150 000" } },
  },
  "matching.board": { open: signedIn, input: { leadId: "20003" } },
  "matching.modelChange": { open: signedIn, input: { leadId: "20003" } },
  "matching.weigh": { open: signedIn, input: { leadId: "20003", runId: uuid, premisesId: "501" } },
  "models.list": { open: ["owner", "admin"] },
  "models.show": { open: ["owner", "admin"], input: { modelId: 1 } },
  "models.compare": { open: ["owner", "admin"], input: { modelId: 1, withId: 2 } },
  "models.promote": { open: ["admin"], input: { modelId: 1 } },
  "models.rollBack": { open: ["admin"], input: {} },
  "shadow.show": { open: ["owner", "admin"], input: { modelId: 1 } },
  "shadow.start": { open: ["admin"], input: { modelId: 1 } },
  "shadow.stop": { open: ["admin"], input: { shadowId: 1 } },
  "premises.describe": { open: signedIn, input: { premisesId: "501" } },
  "premises.districts": { open: signedIn },
  "matching.premises": { open: signedIn, input: { premisesId: "501" } },
  "premises.find": { open: signedIn, input: { query: "метро" } },
  "premises.get": { open: signedIn, input: { premisesId: "501" } },
  "premises.newlyFree": { open: signedIn, input: { since: "2026-09-01" } },
  "feedback.list": { open: signedIn, input: { leadId: "20003" } },
  "feedback.mark": {
    open: ["manager", "admin"],
    input: { leadId: "20001", premisesId: "501", mark: "wrongly_kept", idempotencyKey: uuid },
  },
  "feedback.own": { open: signedIn, input: { state: "all" } },
  "feedback.all": { open: ["owner", "admin"], input: { state: "all" } },
  "feedback.outliers": { open: ["owner", "admin"], input: { days: 30 } },
  "feedback.reset": { open: ["manager", "admin"] },
  "feedback.repeat": { open: ["manager", "admin"], input: { markIds: [uuid] } },
  "feedback.markMany": {
    open: ["manager", "admin"],
    input: {
      leadId: "20001",
      marks: [{ premisesId: "501", mark: "wrongly_kept" }],
      idempotencyKey: uuid,
    },
  },
  "feedback.withdraw": { open: ["manager", "admin"], input: { markId: uuid } },
  "feedback.withdrawMany": { open: ["manager", "admin"], input: { markIds: [uuid] } },
  "proposals.list": { open: signedIn, input: {} },
  "proposals.get": { open: signedIn, input: { proposalId: uuid } },
  "proposals.draft": {
    open: ["manager", "admin"],
    input: { leadId: "20001", premisesIds: [], idempotencyKey: uuid },
  },
  "proposals.add": { open: ["manager", "admin"], input: { proposalId: uuid, base: 1, premisesIds: ["501"] } },
  "proposals.save": {
    open: ["manager", "admin"],
    input: {
      proposalId: uuid,
      base: 1,
      content: { locale: "ru", greeting: "", contact: { name: "", phone: "", email: "" }, items: [] },
    },
  },
  "proposals.send": { open: ["manager", "admin"], input: { proposalId: uuid, revision: 1 } },
  "proposals.share": { open: ["manager", "admin"], input: { proposalId: uuid } },
  "proposals.revokeLink": { open: ["manager", "admin"], input: { proposalId: uuid, linkId: uuid } },
  "proposals.withdraw": { open: ["manager", "admin"], input: { proposalId: uuid } },
  "pilot.list": { open: ["owner", "admin"] },
  "pilot.choices": { open: ["owner", "admin"] },
  "pilot.open": { open: ["owner", "admin"], input: { weekOn: "2026-09-07", modelId: 4711 } },
  "pilot.show": { open: ["owner", "admin"], input: { pilotId: uuid } },
  "pilot.lead": { open: ["owner", "admin"], input: { pilotId: uuid, place: 1 } },
  "pilot.answer": {
    open: ["owner", "admin"],
    input: { pilotId: uuid, place: 1, answers: [{ premisesId: "501", answer: "suitable" }] },
  },
  "pilot.decide": { open: ["owner", "admin"], input: { pilotId: uuid } },
  "pilot.abandon": { open: ["owner", "admin"], input: { pilotId: uuid, reason: "неделя праздничная" } },
  "trainings.show": { open: ["owner", "admin"] },
  "trainings.log": { open: ["owner", "admin"], input: { trainingId: 1 } },
  "trainings.request": { open: ["admin"], input: { searchTrials: 0 } },
  "trainings.cancel": { open: ["admin"], input: { trainingId: 1 } },
  "data.fill": { open: ["owner", "admin"], input: {} },
  "data.premisesFill": { open: ["owner", "admin"] },
  "data.unfilled": { open: ["owner", "admin"], input: { scope: {}, field: "area" } },
  "data.checks": { open: ["owner", "admin"] },
  "data.found": { open: ["owner", "admin"], input: { check: "unlinkedDeal" } },
  "reports.conversionByMonth": { open: ["owner", "admin"], input: {} },
  "users.list": { open: ["admin"], input: { query: "" }, knows: ["role"] },
  "users.managers": { open: ["admin"] },
  "users.invite": {
    open: ["admin"],
    input: { email: "new@example.test", name: "Новый", role: "manager" },
    knows: ["role", "managerId"],
  },
  "users.renew": { open: ["admin"], input: { userId: 4711 } },
  "users.changeRole": { open: ["admin"], input: { userId: 4711, role: "owner" }, knows: ["role"] },
  "users.linkManager": { open: ["admin"], input: { userId: 4711 }, knows: ["managerId"] },
  "users.dismiss": { open: ["admin"], input: { userId: 4711 } },
  "users.restore": { open: ["admin"], input: { userId: 4711 } },
  "invitations.accept": { open: "everybody", input: { token: "nobody's", password: "correct horse battery" } },
  "keys.list": { open: ["admin"] },
  "keys.create": { open: ["admin"], input: { name: "CRM", scopes: ["match"] } },
  "keys.rotate": { open: ["admin"], input: { keyId: 4711 } },
  "keys.revoke": { open: ["admin"], input: { keyId: 4711 } },
  "audit.search": { open: ["owner", "admin"], input: { actor: "user:1" } },
  "audit.actions": { open: ["owner", "admin"] },
  "audit.lastCheck": { open: ["owner", "admin"] },
  "audit.check": { open: ["owner", "admin"] },
  "health.jobs": { open: ["owner", "admin"] },
  "health.system": { open: ["owner", "admin"] },
};
