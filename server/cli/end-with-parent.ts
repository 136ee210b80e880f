/** Loaded before Next: a server whose starter was killed ends too, and leaves no orphan on the port. */
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
