"""Small models of every library, trained once, on the same orders."""

from functools import cache

import lightgbm
import numpy
import pandas
import xgboost
from sklearn.cluster import KMeans
from sklearn.compose import make_column_transformer
from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

_random = numpy.random.default_rng(7)
NUMBERS = _random.normal(size=(200, 4))
LATE = (NUMBERS[:, 0] + NUMBERS[:, 1] > 0).astype(int)
ORDERS = pandas.DataFrame(
    {
        "pieces": numpy.arange(200) % 9,
        "city": numpy.array(["Bern", "Graz", "Ulm"])[numpy.arange(200) % 3],
        "price": NUMBERS[:, 0],
    }
)
PLAIN = ORDERS[["pieces", "price"]]


def _by_city():
    return make_column_transformer((OneHotEncoder(), ["city"]), (StandardScaler(), ["pieces", "price"]))


def _boosted(library, kind, **settings):
    return getattr(library, kind)(n_estimators=5, **settings)


_MODELS = {
    "sklearn-classifier": lambda: (LogisticRegression().fit(NUMBERS, LATE), NUMBERS),
    "sklearn-texts": lambda: (LogisticRegression().fit(NUMBERS, numpy.array(["no", "yes"])[LATE]), NUMBERS),
    "sklearn-regressor": lambda: (GradientBoostingRegressor(n_estimators=5).fit(NUMBERS, NUMBERS[:, 2]), NUMBERS),
    "sklearn-line": lambda: (LinearRegression().fit(NUMBERS, NUMBERS[:, 2]), NUMBERS),
    "sklearn-clusters": lambda: (KMeans(3, n_init=1, random_state=1).fit(NUMBERS), NUMBERS),
    "sklearn-transformer": lambda: (StandardScaler().fit(NUMBERS), NUMBERS),
    "sklearn-search": lambda: (GridSearchCV(LogisticRegression(), {"C": [1, 2]}).fit(NUMBERS, LATE), NUMBERS),
    "sklearn-frame": lambda: (RandomForestClassifier(5, random_state=1).fit(PLAIN, LATE), PLAIN),
    "sklearn-columns": lambda: (make_pipeline(_by_city(), LogisticRegression()).fit(ORDERS, LATE), ORDERS),
    "xgboost-classifier": lambda: (_boosted(xgboost, "XGBClassifier").fit(NUMBERS, LATE), NUMBERS),
    "xgboost-regressor": lambda: (_boosted(xgboost, "XGBRegressor").fit(NUMBERS, NUMBERS[:, 2]), NUMBERS),
    "xgboost-frame": lambda: (_boosted(xgboost, "XGBClassifier").fit(PLAIN, LATE), PLAIN),
    "xgboost-booster": lambda: (xgboost.train({"objective": "binary:logistic"}, xgboost.DMatrix(PLAIN, LATE), 5), PLAIN),
    "xgboost-step": lambda: (make_pipeline(StandardScaler(), _boosted(xgboost, "XGBClassifier")).fit(NUMBERS, LATE), NUMBERS),
    "lightgbm-classifier": lambda: (_boosted(lightgbm, "LGBMClassifier", verbose=-1).fit(NUMBERS, LATE), NUMBERS),
    "lightgbm-regressor": lambda: (_boosted(lightgbm, "LGBMRegressor", verbose=-1).fit(NUMBERS, NUMBERS[:, 2]), NUMBERS),
    "lightgbm-booster": lambda: (lightgbm.train({"objective": "binary", "verbose": -1}, lightgbm.Dataset(NUMBERS, LATE), 5), NUMBERS),
    "lightgbm-step": lambda: (make_pipeline(_by_city(), _boosted(lightgbm, "LGBMClassifier", verbose=-1)).fit(ORDERS, LATE), ORDERS),
}  # fmt: skip
NAMES = list(_MODELS)


@cache
def trained(name):
    """A model and rows of what it was trained with."""
    return _MODELS[name]()
