namespace CAManim.Native.Engine.Methods;

/// <summary>How activation A and gradient G of a layer, both [C,h,w], become one signed map [h,w].</summary>
public enum CamMethod
{
    /// <summary>S = sum_k mean(G_k) A_k. Selvaraju et al. 2017, "Grad-CAM", eq. 1 and 2.</summary>
    GradCAM,

    /// <summary>S = sum_k G_k A_k, element by element. Draelos and Carin 2020, "Use HiResCAM instead of Grad-CAM", eq. 3.</summary>
    HiResCAM,

    /// <summary>S = sum_k relu(G_k A_k). As in pytorch-grad-cam.</summary>
    GradCAMElementWise,

    /// <summary>w_k = sum relu(G_k) a with a = G²/(2G² + sum(A_k) G³ + 1e-6), 0 where G = 0; S = sum_k w_k A_k. Chattopadhay et al. 2018, eq. 19.</summary>
    GradCAMPlusPlus,

    /// <summary>w_k = sum(G_k A_k)/(sum(A_k) + 1e-7); S = sum_k w_k A_k. Fu et al. 2020, "Axiom-based Grad-CAM".</summary>
    XGradCAM,

    /// <summary>S = sum_k relu(G_k) A_k. Jiang et al. 2021, "LayerCAM", eq. 5 and 6.</summary>
    LayerCAM,

    /// <summary>S = sum_k w_k A_k with w_k uniform in [-1,1], seeded: the baseline of the CAManim paper.</summary>
    RandomCAM,

    /// <summary>S = first principal component of A, channels centred. Muhammad and Yeasin 2020, "Eigen-CAM".</summary>
    EigenCAM,

    /// <summary>S = first principal component of G A, channels centred. As in pytorch-grad-cam.</summary>
    EigenGradCAM,

    /// <summary>S = first principal component of |G| A, channels centred. Chung and Ying 2025, "Seg-Eigen-CAM", eq. 10 to 13.</summary>
    SegEigenCAM,

    /// <summary>S = first component of a kernel principal component analysis of A. Karmani et al. 2024, "KPCA-CAM".</summary>
    KPCACAM,

    /// <summary>w_k = share of the positions where A_k is above its mean by two deviations; S = sum_k w_k A_k. Fuad et al. 2020, "FEM".</summary>
    FEM,

    /// <summary>w = softmax over the channels of the score of the input masked by A_k; S = sum_k w_k A_k. Wang et al. 2020, "Score-CAM".</summary>
    ScoreCAM,

    /// <summary>w_k = (y - y_k)/y, y_k the score with channel k ablated; S = sum_k w_k A_k. Desai and Ramaswamy 2020, "Ablation-CAM".</summary>
    AblationCAM,

    /// <summary>S_i = softmax score of the class with all positions but i set to 0. Byun and Lee 2022, "Recipro-CAM".</summary>
    ReciproCAM,

    /// <summary>S = sum_k scaled |G_k b_k|, b the module's bias; the input and the network have frames too. Srinivas and Fleuret 2019, "FullGrad".</summary>
    FullGrad,

    /// <summary>S = sum_k mean(G_k - (H A)_k / 2) A_k, H the second derivative of the score. Cai 2025, "ShapleyCAM".</summary>
    ShapleyCAM,

    /// <summary>Another method of a class's score less those of its nearest classes. Zhang et al. 2025, "Finer-CAM".</summary>
    FinerCAM,

    /// <summary>Product of another method's maps of the layer and of coarser ones. Domeniconi et al. 2026, "How to Evaluate and Refine your CAM".</summary>
    RefineCAM,

    /// <summary>S = share of several methods in whose top k % a position is. Kaczmarek et al. 2023, "MetaCAM".</summary>
    MetaCAM,

    /// <summary>Transformers: gradient of each block's attention, after ReLU, averaged over heads and queries. Bousselham et al. 2024, "LeGrad".</summary>
    LeGrad,
}
