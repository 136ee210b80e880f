/** Loaded before Next: a server whose starter was killed ends too, and leaves no orphan on the port. */
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
// The channel to the starter must not keep alive what would end otherwise.
process.channel?.unref();
