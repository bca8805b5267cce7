# SPDX-License-Identifier: MIT
"""Writes distributions.yaml: quantiles, probabilities and moments worked out with mpmath to 40 digits, by formulas of their own.

    python3 tests/cases/distributions.py > tests/cases/distributions.yaml
"""
from fractions import Fraction
from mpmath import mp, mpf, sqrt, exp, log, log1p, expm1, erfc, pi, inf, quad, linspace

mp.dps = 40
SETTINGS = {"p5": "0.05", "p10": "0.1", "p25": "0.25"}
PLACES = [1e-300, 1e-12, 1e-4, 0.01, 0.05, 0.25, 0.5, 0.6875, 0.95, 0.99, 0.9999, 1 - 2.0**-40]


def phi(z):
    return erfc(-z / sqrt(2)) / 2


def bisect(tail, p, low, high, falling=False):
    """x in [low, high] where tail(x) = p, to 30 digits, by regula falsi in logarithms of the tail."""
    def reached(x):
        return (tail(x) <= p) if falling else (tail(x) >= p)
    for _ in range(400):
        middle = sqrt(low * high) if low > 0 and high > 4 * low else (low + high) / 2
        if reached(middle):
            high = middle
        else:
            low = middle
        if abs(high - low) <= mpf(10) ** -24 * abs(high):
            break
    return (low + high) / 2


class Bell:
    def __init__(self, logarithmic, **given):
        given = {name: mpf(value) for name, value in given.items()}
        turn = log if logarithmic else (lambda x: x)
        if "mean" in given:
            m, s = given["mean"], given["sd"]
            self.below = self.above = sqrt(log1p((s / m) ** 2)) if logarithmic else s
            self.middle = log(m) - self.below**2 / 2 if logarithmic else m
        else:
            low = next(name for name in SETTINGS if name in given)
            high = {"p5": "p95", "p10": "p90", "p25": "p75"}[low]
            z = -mp.findroot(lambda t: phi(t) - mpf(SETTINGS[low]), -1)
            l, h = turn(given[low]), turn(given[high])
            self.middle = turn(given["p50"]) if "p50" in given else (l + h) / 2
            self.below, self.above = (self.middle - l) / z, (h - self.middle) / z
        self.log = logarithmic
        self.low, self.high = (mpf(0) if logarithmic else -inf), inf

    def bends(self):
        return [exp(self.middle) if self.log else self.middle]

    def z(self, x):
        if self.log and x <= 0:
            return -inf
        x = (log(x) if self.log else x) - self.middle
        return x / (self.below if x < 0 else self.above)

    def cdf(self, x):
        return mpf(0) if x == -inf else phi(self.z(x))

    def sf(self, x):
        return mpf(0) if x == inf else phi(-self.z(x))

    def density(self, x):
        s = self.below if (log(x) if self.log else x) < self.middle else self.above
        return exp(-self.z(x) ** 2 / 2) / (sqrt(2 * pi) * s * (x if self.log else 1))

    def quantile(self, p, upper=False):
        if p > mpf(1) / 2:
            return self.quantile(1 - p, not upper)
        z = mpf(0) if p == mpf(1) / 2 else bisect(lambda t: phi(-t), p, mpf(0), mpf(40), True)
        z = z if upper else -z
        x = self.middle + z * (self.below if z < 0 else self.above)
        return exp(x) if self.log else x

    def moments(self):
        b, c, m = self.below, self.above, self.middle
        if not self.log:
            return m + (c - b) / sqrt(2 * pi), sqrt((b * b + c * c) / 2 - (c - b) ** 2 / (2 * pi))
        with mp.workdps(400):
            one = exp(b * b / 2) * phi(-b) + exp(c * c / 2) * phi(c)
            two = exp(2 * b * b) * phi(-2 * b) + exp(2 * c * c) * phi(2 * c)
            return exp(m) * one, exp(m) * sqrt(two - one * one)


class Interval:
    """Uniform, loguniform, triangular."""

    def __init__(self, kind, low, high, mode=None):
        self.kind, self.low, self.high = kind, mpf(low), mpf(high)
        self.mode = None if mode is None else mpf(mode)

    def bends(self):
        return [] if self.mode is None else [self.mode]

    def cdf(self, x):
        l, h, m = self.low, self.high, self.mode
        if x <= l or x >= h:
            return mpf(x >= h)
        if self.kind == "uniform":
            return (x - l) / (h - l)
        if self.kind == "loguniform":
            return log(x / l) / log(h / l)
        return (x - l) ** 2 / ((h - l) * (m - l)) if x <= m else 1 - (h - x) ** 2 / ((h - l) * (h - m))

    def sf(self, x):
        return 1 - self.cdf(x)

    def density(self, x):
        l, h, m = self.low, self.high, self.mode
        if self.kind == "triangular":
            return 2 * (x - l) / ((h - l) * (m - l)) if x < m else 2 * (h - x) / ((h - l) * (h - m))
        return 1 / (h - l) if self.kind == "uniform" else 1 / (x * log(h / l))

    def quantile(self, p, upper=False):
        l, h, m = self.low, self.high, self.mode
        with mp.workdps(350):
            p = 1 - p if upper else p
            if self.kind == "uniform":
                return l + (h - l) * p
            if self.kind == "loguniform":
                return l * exp(p * log(h / l))
            return l + sqrt(p * (h - l) * (m - l)) if p <= (m - l) / (h - l) else h - sqrt((1 - p) * (h - l) * (h - m))

    def moments(self):
        l, h, m = self.low, self.high, self.mode
        with mp.workdps(80):
            if self.kind == "uniform":
                return (l + h) / 2, (h - l) / sqrt(mpf(12))
            if self.kind == "loguniform":
                mean = (h - l) / log(h / l)
                return mean, sqrt((h * h - l * l) / (2 * log(h / l)) - mean**2)
            return (l + m + h) / 3, sqrt((l * l + m * m + h * h - l * m - l * h - m * h) / 18)


class Beta:
    def __init__(self, a, b, low=0, high=1):
        self.a, self.b, self.low, self.high = mpf(a), mpf(b), mpf(low), mpf(high)

    def bends(self):
        return []

    def part(self, x, y, a, b):
        """The lower tail at x = 1 - y."""
        if x <= 0:
            return mpf(0)
        if b == 2:
            return exp(a * log(x)) * (1 + a * y)
        if a == 2:
            return 1 - self.part(y, x, b, a)
        if x > mpf("0.9") or (x > a / (a + b) and b * x > 40000):
            return 1 - self.part(y, x, b, a)
        term = total = mpf(1)
        n = 0
        while abs(term) > abs(total) * mpf(10) ** -42:
            term *= (a + b + n) * x / (a + 1 + n)
            total += term
            n += 1
        return exp(a * log(x) + b * log(y) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b)) / a * total

    def cdf(self, x):
        width = self.high - self.low
        return self.part((x - self.low) / width, (self.high - x) / width, self.a, self.b)

    def sf(self, x):
        width = self.high - self.low
        return self.part((self.high - x) / width, (x - self.low) / width, self.b, self.a)

    def density(self, x):
        width = self.high - self.low
        norm = mp.loggamma(self.a) + mp.loggamma(self.b) - mp.loggamma(self.a + self.b)
        return exp((self.a - 1) * log((x - self.low) / width) + (self.b - 1) * log((self.high - x) / width) - norm) / width

    def quantile(self, p, upper=False):
        unit = Beta(self.a, self.b)
        flip = (upper and p < unit.sf(mpf("0.5"))) or (not upper and p > unit.cdf(mpf("0.5")))
        a, b = (self.b, self.a) if flip else (self.a, self.b)
        above = upper != flip
        low = exp((log1p(-p) if above else log(p)) / a + (log(a) + mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)) / a) / 10000
        if p > mpf("0.5"):
            above, p = not above, 1 - p
        tail = (lambda x: unit.part(1 - x, x, b, a)) if above else (lambda x: unit.part(x, 1 - x, a, b))
        x = self.root(lambda x: log(tail(x) / p), min(low, mpf("0.01")))
        return self.high - (self.high - self.low) * x if flip else self.low + (self.high - self.low) * x

    @staticmethod
    def root(f, low):
        """Where f is 0 in [low, 1/2], by secants in ln x that lean to the side that stays."""
        l, h = log(low), log(mpf("0.5"))
        fl, fh = f(exp(l)), f(exp(h))
        if abs(fh) < mpf(10) ** -35:
            return exp(h)
        for i in range(300):
            m = (l + h) / 2 if i % 4 == 3 else l + (h - l) * fl / (fl - fh)
            fm = f(exp(m))
            if abs(fm) < mpf(10) ** -28 or abs(h - l) < mpf(10) ** -28:
                break
            if (fm > 0) == (fh > 0):
                h, fh, fl = m, fm, fl / 2
            else:
                l, fl, fh = m, fm, fh / 2
        return exp(m)

    def moments(self):
        n = self.a + self.b
        return self.low + (self.high - self.low) * self.a / n, (self.high - self.low) * sqrt(self.a * self.b / (n + 1)) / n


class Discrete:
    def __init__(self, *pairs):
        whole = sum(mpf(w) for _, w in pairs)
        self.pairs = sorted((mpf(v), mpf(w) / whole) for v, w in pairs if w > 0)

    def cdf(self, x):
        return sum((w for v, w in self.pairs if v <= x), mpf(0))

    def sf(self, x):
        return 1 - self.cdf(x)

    def quantile(self, p, upper=False):
        return next(v for v, _ in self.pairs if self.cdf(v) >= p - mpf(10) ** -30)

    def moments(self):
        mean = sum(v * w for v, w in self.pairs)
        return mean, sqrt(sum(w * (v - mean) ** 2 for v, w in self.pairs))


class Mixture:
    def __init__(self, *pairs):
        whole = sum(mpf(w) for _, w in pairs)
        self.pairs = [(c, mpf(w) / whole) for c, w in pairs]

    def cdf(self, x):
        return sum(w * c.cdf(x) for c, w in self.pairs)

    def sf(self, x):
        return sum(w * c.sf(x) for c, w in self.pairs)

    def quantile(self, p, upper=False):
        found = [c.quantile(p) for c, _ in self.pairs]
        if p > mpf(1) / 2:
            return bisect(self.sf, 1 - p, min(found), max(found), True)
        return bisect(self.cdf, p, min(found), max(found))

    def moments(self):
        known = [(c.moments(), w) for c, w in self.pairs]
        mean = sum(w * m for (m, _), w in known)
        return mean, sqrt(sum(w * (s * s + (m - mean) ** 2) for (m, s), w in known))


class Truncated:
    def __init__(self, of, low, high):
        self.of, self.low, self.high = of, max(mpf(low), of.low), min(mpf(high), of.high)
        self.upper = of.cdf(self.low) > 0.5
        self.tail = of.sf if self.upper else of.cdf
        self.whole = abs(self.tail(self.high) - self.tail(self.low))

    def cdf(self, x):
        return abs(self.tail(x) - self.tail(self.low)) / self.whole

    def sf(self, x):
        return abs(self.tail(x) - self.tail(self.high)) / self.whole

    def quantile(self, p, upper=False):
        t = self.tail(self.low) + p * (self.tail(self.high) - self.tail(self.low))
        return self.of.quantile(t, self.upper)

    def moments(self):
        cuts = [self.low] + [x for x in self.of.bends() if self.low < x < self.high] + [self.high]
        points = []
        for l, h in zip(cuts, cuts[1:]):
            points += linspace(l, h, 33)[:-1]
        points.append(self.high)
        mean = quad(lambda x: x * (self.of.density(x) / self.whole), points)
        return mean, sqrt(quad(lambda x: (x - mean) ** 2 * (self.of.density(x) / self.whole), points))


def pert(low, mode, high):
    l, m, h = mpf(low), mpf(mode), mpf(high)
    return Beta(1 + 4 * (m - l) / (h - l), 1 + 4 * (h - m) / (h - l), l, h)


def uniform(low=None, high=None, **quantiles):
    if quantiles:
        (p, low), (q, high) = ((Fraction(int(key[1:]), 100), Fraction(x)) for key, x in sorted(quantiles.items(), key=lambda item: int(item[0][1:])))
        slope = (high - low) / (q - p)
        low, high = (mpf(x.numerator) / x.denominator for x in (low - slope * p, high + slope * (1 - q)))
    return Interval("uniform", low, high)


MAKERS = {
    "normal": lambda **k: Bell(False, **k), "lognormal": lambda **k: Bell(True, **k),
    "uniform": uniform, "loguniform": lambda **k: Interval("loguniform", **k),
    "triangular": lambda **k: Interval("triangular", **k), "pert": pert, "beta": Beta,
}
PLAIN = """
normal(mean=3, sd=2)
normal(mean=-1e9, sd=1e-3)
normal(p5=-1, p95=4)
normal(p10=2, p90=7)
normal(p25=2, p75=7)
normal(p5=1, p50=2, p95=3)
normal(p5=1, p50=2, p95=9)
normal(p90=10, p50=7, p10=-5)
normal(p25=0, p50=1, p75=1.5)
lognormal(mean=1.43e8, sd=2e7)
lognormal(mean=2, sd=1e-9)
lognormal(mean=1, sd=50)
lognormal(p5=5, p95=9)
lognormal(p5=1e-30, p95=1e25)
lognormal(p5=1e6, p95=1000001)
lognormal(p10=0.2, p90=0.7)
lognormal(p25=0.2, p75=0.7)
lognormal(p5=1, p50=3, p95=4)
lognormal(p5=1, p50=1.01, p95=1.04)
lognormal(p10=1, p50=20, p90=3000)
lognormal(p25=1e10, p50=2e10, p75=1e11)
uniform(low=-2, high=5)
uniform(low=0, high=1e-3)
uniform(p5=1, p95=19)
uniform(p10=3, p90=11)
uniform(p75=1, p25=-2)
loguniform(low=1e-6, high=1e9)
loguniform(low=5, high=5.001)
triangular(low=0, mode=2, high=10)
triangular(low=0, mode=0, high=10)
triangular(low=1, mode=10, high=10)
triangular(low=-1e12, mode=5, high=1e10)
pert(low=0, mode=2, high=10)
pert(low=1, mode=1, high=3)
pert(low=2, mode=7, high=7)
pert(low=-5, mode=1e3, high=1e6)
beta(a=1, b=1)
beta(a=2, b=5)
beta(a=0.5, b=0.5)
beta(a=0.01, b=0.01)
beta(a=0.01, b=3)
beta(a=50, b=0.01)
beta(a=0.2, b=100)
beta(a=30, b=12.5)
beta(a=3e3, b=2e3)
beta(a=1e5, b=2)
beta(a=0.7, b=5e4)
"""


def make(text):
    name, _, given = text[:-1].partition("(")
    return MAKERS[name](**{key: float(value) for key, value in (item.split("=") for item in given.split(", "))})


def composed():
    a, b, c = "lognormal(p5=5, p95=9)", "normal(mean=3, sd=2)", "beta(a=2, b=5)"
    t, u, s = "triangular(low=0, mode=2, high=10)", "uniform(low=-2, high=5)", "lognormal(p5=1, p50=3, p95=4)"
    yield "discrete(value=3, weight=1, value=-1, weight=2.5, value=3, weight=0.5, value=100, weight=0, value=7, weight=4)", \
        Discrete((3, 1), (-1, 2.5), (3, .5), (7, 4))
    yield "discrete(value=1, weight=1, value=1e15, weight=1e-9)", Discrete((1, 1), (1e15, 1e-9))
    for parts in ([(a, 1), (b, 3)], [(c, .25), (t, .5), (u, .25)], [(a, 0.001), (s, 0.999)]):
        yield "mixture(%s)" % ", ".join("%s, weight=%r" % part for part in parts), Mixture(*[(make(text), w) for text, w in parts])
    for of, low, high in ((b, 0, 6), (b, 12, 20), (b, -30, -20), (b, 40, 50), (a, 6, 7), (a, 0.1, 100), (a, 60, 80), (c, 0.1, 0.9),
                          (c, 0.9, 2), (t, 1, 9), (s, 2, 3.5), (s, 5, 9), ("normal(p5=1, p50=2, p95=9)", 0, 5),
                          ("beta(a=30, b=12.5)", 0.9, 0.95), ("pert(low=0, mode=2, high=10)", 1, 4), (b, 2.9, 3)):
        yield "truncated(%s, low=%r, high=%r)" % (of, low, high), Truncated(make(of), low, high)
    yield "truncated(%s, low=0, high=2)" % u, Interval("uniform", 0, 2)
    yield "truncated(loguniform(low=1e-6, high=1e9), low=3, high=1e20)", Interval("loguniform", 3, 1e9)
    yield "truncated(truncated(%s, low=0, high=6), low=-5, high=4)" % b, Truncated(make(b), 0, 4)
    mixed = [(Truncated(make(x), 4, 8), w * (make(x).cdf(mpf(8)) - make(x).cdf(mpf(4)))) for x, w in ((a, 1), (b, 3))]
    yield "truncated(mixture(%s, weight=1, %s, weight=3), low=4, high=8)" % (a, b), Mixture(*mixed)
    yield "truncated(discrete(value=1, weight=1, value=2, weight=2, value=3, weight=4), low=2, high=3)", Discrete((2, 2), (3, 4))


def shown(numbers):
    return "[%s]" % ", ".join(mp.nstr(x, 17, min_fixed=0, max_fixed=0) if isinstance(x, mpf) else repr(x) for x in numbers)


def write(text, made, print=print):
    large = isinstance(made, Beta) and max(made.a, made.b) > 1e4
    places = [1e-12, 0.01, 0.25, 0.6875, 0.9999] if large else [p for p in PLACES if not (isinstance(made, Discrete) and p == 0.5)]
    found = [(p, made.quantile(mpf(p))) for p in places]
    found = [(p, x) for p, x in found if x == 0 or abs(x) > 1e-290]
    at = [float(x) for _, x in found]
    mean, sd = made.moments()
    print("- of: %s" % text)
    print("  mean: %s" % shown([mean])[1:-1])
    print("  sd: %s" % shown([sd])[1:-1])
    print("  p: %s" % shown([p for p, _ in found]))
    print("  quantile: %s" % shown([mpf(x) for _, x in found]))
    print("  at: %s" % shown(at))
    print("  probability: %s" % shown([mpf(made.cdf(mpf(x))) for x in at]))


if __name__ == "__main__":
    print("# Quantiles at p, probabilities of being at most `at`, and moments of distributions: written by")
    print("# tests/cases/distributions.py, read by tests/unit/eval/distribution.c.")
    for line in PLAIN.split("\n"):
        if line:
            write(line, make(line))
    for line, built in composed():
        write(line, built)
