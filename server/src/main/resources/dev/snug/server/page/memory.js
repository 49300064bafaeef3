// The memory page: asks each second while it is looked at, and draws the last five minutes.
'use strict';
(() => {
  const WIDTH = 600, HEIGHT = 260, SECONDS = 300, MIB = 1048576;
  const byId = id => document.getElementById(id);
  const [chart, status, pause] = ['chart', 'status', 'pause'].map(byId);
  const text = snug.text, bytes = snug.bytes;
  let points = []; // {t, front, workers, cgroup}; seconds of the server's clock
  let isPaused = false;

  const highest = limit => {
    const most = points.reduce((high, p) => Math.max(high, (p.front || 0) + (p.workers || 0), p.cgroup || 0), limit || 0);
    const step = 32 * MIB;
    return Math.max(step, Math.ceil(most * 1.08 / step) * step);
  };

  const draw = limit => {
    const top = highest(limit);
    const now = points.at(-1)?.t ?? 0;
    const x = t => (WIDTH * (1 - (now - t) / SECONDS)).toFixed(1);
    const y = value => (HEIGHT * (1 - value / top)).toFixed(1);
    const line = of => points.filter(p => of(p) != null).map(p => `${x(p.t)},${y(of(p))}`).join(' ');
    const area = (low, high) => `${line(high)} ${[...points].reverse().map(p => `${x(p.t)},${y(low(p))}`).join(' ')}`;
    const front = p => p.front || 0;
    const all = p => front(p) + (p.workers || 0);
    const parts = [1, 2, 3].map(i => snug.svg('line', {class: 'grid', x1: 0, x2: WIDTH, y1: HEIGHT * i / 4, y2: HEIGHT * i / 4}));
    parts.push(
      snug.svg('polygon', {class: 'area part-0', points: area(() => 0, front)}),
      snug.svg('polygon', {class: 'area part-1', points: area(front, all)}),
      snug.svg('polyline', {class: 'line cgroup', points: line(p => p.cgroup)}));
    if (limit) parts.push(snug.svg('line', {class: 'limit', x1: 0, x2: WIDTH, y1: y(limit), y2: y(limit)}));
    chart.replaceChildren(...parts);
    byId('scale').textContent = `0 – ${bytes(top)}`;
  };

  const row = cells => {
    const line = document.createElement('tr');
    line.append(...cells.map((cell, i) => {
      const element = document.createElement(i ? 'td' : 'th');
      if (!i) element.scope = 'row';
      element.textContent = cell;
      return element;
    }));
    return line;
  };

  const showProcesses = memory => {
    const front = memory.front || {};
    const rows = [row([text('js_memory_front'), '', bytes(front.budget_bytes), bytes(front.rss_bytes), bytes(front.anon_bytes), bytes(front.file_bytes), bytes(front.peak_bytes)])];
    for (const worker of memory.workers || []) {
      const kind = text(`js_memory_kind_${worker.kind}`);
      const name = `${kind.startsWith('js_') ? worker.kind : kind}${worker.model ? ` (${worker.model})` : ''}, ${worker.pid ?? ''}`;
      const state = text(`js_memory_${worker.state}`);
      rows.push(row([name, state.startsWith('js_') ? worker.state ?? '' : state, bytes(worker.budget_bytes),
        bytes(worker.rss_bytes), bytes(worker.anon_bytes), bytes(worker.file_bytes), bytes(worker.peak_bytes)]));
    }
    if (rows.length === 1) rows.push(row([text('js_memory_no_workers'), '', '', '', '', '', '']));
    byId('processes').replaceChildren(...rows);
  };

  const ofAll = (used, most) => most == null ? bytes(used) : text('js_memory_of', bytes(used), bytes(most));

  const showFacts = memory => {
    const mb = value => value == null ? text('js_memory_none') : `${snug.number(value, 1)} MB`;
    const {front = {}, cgroup, pressure} = memory;
    const facts = [
      ['js_memory_rss_mb', mb(memory.rss_mb)],
      ['js_memory_vms_mb', mb(memory.vms_mb)],
      ['js_memory_total', bytes(memory.total_pss_bytes)],
      ['js_memory_limit', bytes(memory.limit_bytes)],
      ['js_memory_limit_from', memory.limit_from ?? text('js_memory_none')],
      ['js_memory_heap', ofAll(front?.heap_used_bytes, front?.heap_max_bytes)],
      ['js_memory_cgroup_now', ofAll(cgroup?.current_bytes, cgroup?.limit_bytes)],
      ['js_memory_cgroup_cache', bytes(cgroup?.inactive_file_bytes)],
      ['js_memory_cgroup_peak', bytes(cgroup?.peak_bytes)],
      ['js_memory_kills', cgroup?.oom_kills ?? text('js_memory_none')],
      ['js_memory_pressure', pressure
        ? text('js_memory_pressure_value', snug.number(pressure.some_avg10 ?? 0, 2), snug.number(pressure.full_avg10 ?? 0, 2))
        : text('js_memory_none')]];
    byId('facts').replaceChildren(...facts.map(([key, value]) => {
      const entry = document.createElement('div');
      const [term, said] = [document.createElement('dt'), document.createElement('dd')];
      term.textContent = text(key);
      said.textContent = value;
      entry.append(term, said);
      return entry;
    }));
  };

  const show = memory => {
    points = (memory.history || []).filter(p => p && p.t != null);
    const last = points.at(-1) || {};
    draw(memory.limit_bytes);
    byId('now-front').textContent = bytes(last.front);
    byId('now-workers').textContent = bytes(last.workers);
    byId('now-cgroup').textContent = bytes(last.cgroup);
    byId('now-limit').textContent = bytes(memory.limit_bytes);
    byId('chart-words').textContent = text('js_memory_chart', bytes(last.front), bytes(last.workers), bytes(memory.limit_bytes));
    showProcesses(memory);
    showFacts(memory);
  };

  const poll = async () => {
    for (;;) {
      if (!isPaused && !document.hidden) {
        try {
          show(await (await snug.request('/v1/memory')).json());
          if (status.textContent) status.textContent = '';
        } catch (error) {
          if (error.status === 401) { snug.showError(status, error); return; }
          status.textContent = text('js_memory_lost');
        }
      }
      await snug.pause(1);
    }
  };

  pause.addEventListener('click', () => {
    isPaused = !isPaused;
    pause.textContent = text(isPaused ? 'js_memory_go_on' : 'js_memory_pause');
  });
  poll();
})();
