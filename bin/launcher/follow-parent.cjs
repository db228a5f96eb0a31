// Preloaded into every process that the launcher starts: ends it when the launcher dies without
// being able to say so (kill -9), so that no server and no half-done install is left behind.
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref(); // a listener alone would keep the process alive
}
