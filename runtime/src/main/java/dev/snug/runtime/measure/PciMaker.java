package dev.snug.runtime.measure;

/** Makers of graphics and network processors by their PCI number (pcisig.com, member list). */
enum PciMaker {
    NVIDIA("10de", "NVIDIA", false),
    AMD("1002", "AMD", false),
    AMD_NPU("1022", "AMD", false),
    INTEL("8086", "Intel", false),
    QUALCOMM("17cb", "Qualcomm", false),
    QUALCOMM_CLOUD("5143", "Qualcomm", false),
    HAILO("1e60", "Hailo", false),
    GOOGLE("1ac1", "Google", false),
    HABANA("1da3", "Habana", false),
    HUAWEI("19e5", "Huawei", false),
    MOORE_THREADS("1ed5", "Moore Threads", false),
    IMAGINATION("1010", "Imagination", false),
    QEMU("1234", "QEMU", true),
    VIRTIO("1af4", "virtio", true),
    RED_HAT("1b36", "Red Hat", true),
    VMWARE("15ad", "VMware", true),
    VIRTUALBOX("80ee", "VirtualBox", true),
    HYPER_V("1414", "Microsoft", true),
    CIRRUS("1013", "Cirrus", true),
    ASPEED("1a03", "ASPEED", true),
    MATROX("102b", "Matrox", true);

    private final String number;
    private final String people;
    private final boolean onlyShows;

    PciMaker(String number, String people, boolean onlyShows) {
        this.number = number;
        this.people = people;
        this.onlyShows = onlyShows;
    }

    /** The maker with this number, four hexadecimal digits in small letters; else unknown. */
    static String named(String number) {
        for (PciMaker maker : values()) {
            if (maker.number.equals(number)) {
                return maker.people;
            }
        }
        return "unknown";
    }

    /** Whether what this maker puts in a machine only shows a picture. */
    static boolean onlyShows(String number) {
        for (PciMaker maker : values()) {
            if (maker.number.equals(number)) {
                return maker.onlyShows;
            }
        }
        return false;
    }
}
