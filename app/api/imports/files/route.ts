import { answerImportUpload } from "#/server/rest/answer-import-upload.ts";

export const dynamic = "force-dynamic";

export const POST = (request: Request) => answerImportUpload(request);
