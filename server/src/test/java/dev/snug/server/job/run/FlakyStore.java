package dev.snug.server.job.run;

import dev.snug.server.job.JobException;
import dev.snug.server.job.JobStore;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/** A store that can be away for some of its methods, and remembers what it was asked. */
final class FlakyStore {
    final Set<String> away = new CopyOnWriteArraySet<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final JobStore store;

    FlakyStore(JobStore real) {
        InvocationHandler handler =
                (_, method, arguments) -> {
                    asked.add(method.getName());
                    if (away.contains(method.getName())) {
                        throw new JobException(JobException.Kind.UNAVAILABLE, "nobody is there");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                };
        store =
                (JobStore)
                        Proxy.newProxyInstance(
                                JobStore.class.getClassLoader(),
                                new Class<?>[] {JobStore.class},
                                handler);
    }
}
