// The speech page: asks for sound, plays it while it comes, and offers it as a file.
'use strict';
(() => {
  const byId = id => document.getElementById(id);
  const [form, text, count, speed, go, stop, download, status] =
    ['speak', 'text', 'count', 'speed', 'go', 'stop', 'download', 'status'].map(byId);
  let running = null; // {abort, player}

  const showCount = () => { count.textContent = snug.text('js_speak_left', text.value.length, text.maxLength); };
  const showSpeed = () => { byId('speed-value').textContent = `× ${snug.number(Number(speed.value), 2)}`; };
  text.addEventListener('input', showCount);
  speed.addEventListener('input', showSpeed);
  showCount();
  showSpeed();

  const question = () => {
    const fields = Object.fromEntries(new FormData(form));
    return {
      model: fields.model,
      text: fields.text,
      voice: fields.voice || undefined,
      speed: Number(fields.speed),
      steps: fields.steps ? Number(fields.steps) : undefined,
      seed: Number(fields.seed || 0),
      format: 'pcm'
    };
  };

  const showPlaying = player => {
    byId('played').max = Math.max(player.seconds, 0.01);
    byId('played').value = player.heard;
    byId('made').textContent = snug.text('js_speak_made', snug.number(player.seconds, 1));
  };

  const offer = player => {
    if (!player.bytes) return;
    if (download.href) URL.revokeObjectURL(download.href);
    download.href = URL.createObjectURL(player.wav());
    download.download = 'speech.wav';
    download.hidden = false;
  };

  const receive = async (reply, player, since) => {
    const reader = reply.body.getReader();
    for (;;) {
      const {done, value} = await reader.read();
      if (done) break;
      if (!player.bytes) status.textContent = snug.text('js_speak_first', snug.number((performance.now() - since) / 1000, 1));
      player.take(value);
      showPlaying(player);
    }
    player.finish();
  };

  const showEnd = (error, player) => {
    if (error.name === 'AbortError') status.textContent = snug.text('js_speak_stopped', snug.number(player.seconds, 1));
    else if (player.bytes) status.textContent = snug.text('js_speak_cut');
    else snug.showError(status, error);
  };

  const speak = async () => {
    const since = performance.now();
    const abort = new AbortController();
    const player = new snug.Player();
    running = {abort, player};
    const clock = setInterval(() => showPlaying(player), 200);
    status.textContent = snug.text('js_speak_waiting');
    byId('playing').hidden = stop.hidden = false;
    download.hidden = true;
    go.disabled = true;
    try {
      const body = JSON.stringify(question());
      const options = {method: 'POST', headers: {'Content-Type': 'application/json', Accept: 'audio/pcm, application/json'}, body, signal: abort.signal};
      const reply = await snug.request('/v1/speech', options,
        seconds => { status.textContent = snug.text('js_all_seconds_left', seconds); });
      await receive(reply, player, since);
      status.textContent = snug.text('js_speak_done', snug.number(player.seconds, 1), snug.number((performance.now() - since) / 1000, 1));
    } catch (error) {
      showEnd(error, player);
    }
    offer(player);
    go.disabled = false;
    await heard(player, abort.signal);
    clearInterval(clock);
    if (running?.player === player) {
      showPlaying(player);
      stop.hidden = true;
      running = null;
    }
    player.stop();
  };

  /** Until all of it was heard, or it was stopped. */
  const heard = async (player, signal) => {
    const left = player.end - player.context.currentTime;
    if (left > 0 && !signal.aborted) await snug.pause(left, signal).catch(() => {});
  };

  stop.addEventListener('click', () => {
    if (!running) return;
    running.abort.abort();
    running.player.stop();
    stop.hidden = true;
  });

  form.addEventListener('submit', e => {
    e.preventDefault();
    if (!text.value.trim()) {
      status.textContent = snug.text('js_speak_empty');
      text.focus();
      return;
    }
    if (running) {
      running.abort.abort();
      running.player.stop();
    }
    speak();
  });
})();
