import { cancelImport, cancelImportInput } from "../../imports/cancel-import.ts";
import { layColumns, layColumnsInput } from "../../imports/lay-columns.ts";
import { listImports } from "../../imports/list-imports.ts";
import { listRefusedRows, listRefusedRowsInput } from "../../imports/list-refused-rows.ts";
import { mendRows, mendRowsInput } from "../../imports/mend-rows.ts";
import { previewUpload, previewUploadInput } from "../../imports/preview-upload.ts";
import { readUploadAs, readUploadAsInput } from "../../imports/read-upload-as.ts";
import { removeUpload, removeUploadInput } from "../../imports/remove-upload.ts";
import { requestImport, requestImportInput } from "../../imports/request-import.ts";
import { showImport, showImportInput } from "../../imports/show-import.ts";
import { adminProcedure, ownerProcedure, router } from "../init.ts";

export const importsRouter = router({
  list: ownerProcedure.query(({ ctx }) => listImports(ctx)),
  show: ownerProcedure.input(showImportInput).query(({ ctx, input }) => showImport(ctx, input)),
  refused: ownerProcedure.input(listRefusedRowsInput).query(({ ctx, input }) => listRefusedRows(ctx, input)),
  preview: adminProcedure.input(previewUploadInput).query(({ ctx, input }) => previewUpload(ctx, input)),
  readAs: adminProcedure.input(readUploadAsInput).mutation(({ ctx, input }) => readUploadAs(ctx, input)),
  layColumns: adminProcedure.input(layColumnsInput).mutation(({ ctx, input }) => layColumns(ctx, input)),
  removeUpload: adminProcedure.input(removeUploadInput).mutation(({ ctx, input }) => removeUpload(ctx, input)),
  request: adminProcedure.input(requestImportInput).mutation(({ ctx, input }) => requestImport(ctx, input)),
  cancel: adminProcedure.input(cancelImportInput).mutation(({ ctx, input }) => cancelImport(ctx, input)),
  mend: adminProcedure.input(mendRowsInput).mutation(({ ctx, input }) => mendRows(ctx, input)),
});
